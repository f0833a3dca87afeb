/**
 * The report of `--report`: a page, the same in short as Markdown, and its pictures. A separate bundle, loaded
 * only for that option.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { type Change, drawArchitecture } from "./architecture";
import { toSvgFile } from "./charts";
import { toPng } from "./charts/png";
import type { JsonCost } from "./cost/told";
import type { Against } from "./diff/before";
import type { StackDiff } from "./diff/compare";
import type { Resource } from "./engine/resource";
import { toMarkdownReport } from "./page/markdown";
import { type Page, toHtml } from "./page/layout";
import { fileName, peakPictures } from "./page/peak";
import { type PeakOptions, simulatePeak } from "./peak";
import type { Rehearsal } from "./rehearsal";
import { hiderOf, redact, withoutSecrets } from "./report/redact";
import { isSecret, transform, UNKNOWN, type Value } from "./values";

/** The content of a report. */
export interface ReportInput {
  readonly project: string;
  /** Milliseconds since 1970: the day of the report, and of the peak that comes next. */
  readonly now: number;
  readonly stacks: readonly {
    /** The stack file's secrets are already hidden. */
    readonly rehearsal: Rehearsal;
    /** Undefined if the rehearsal failed. */
    readonly cost: JsonCost | undefined;
    /** The changes; undefined if there is no comparison. */
    readonly diff: StackDiff | undefined;
  }[];
  /** What the stacks are compared with; undefined without `--against`. */
  readonly against: Against | undefined;
  readonly peak: Omit<PeakOptions, "now">;
}

/**
 * Writes the report to a folder, and overwrites the files of an earlier report.
 *
 * @param folder - created if it doesn't exist
 * @returns notes for the user, one a line: which pictures are missing
 */
export async function writeReport(folder: string, input: ReportInput): Promise<string[]> {
  const stacks: Page["stacks"][number][] = [];
  for (const [index, stack] of input.stacks.entries()) stacks.push(await stackReport(stack, index, input));
  // The bundler includes it.
  const { version } = require("./package.json") as { version: string };
  const { project, against, now } = input;
  const page: Page = { project, version, against, stacks, date: new Date(now).toISOString().slice(0, 10) };
  makeFolder(folder);
  writeFileSync(join(folder, "index.html"), toHtml(page));
  writeFileSync(join(folder, "report.md"), toMarkdownReport(page));
  let isDrawn = true;
  for (const { slug, drawing, pictures } of stacks) {
    const all = [
      ...(drawing === undefined ? [] : [{ name: "architecture", svg: drawing.svg, width: drawing.width }]),
      ...pictures.map((picture) => ({ ...picture, svg: toSvgFile(picture.svg) })),
    ];
    for (const { name, svg, width } of all) {
      const file = join(folder, `${slug}-${name}`);
      writeFileSync(`${file}.svg`, svg);
      const png = toPng(svg, 2 * width);
      if (png !== undefined) writeFileSync(`${file}.png`, png);
      else isDrawn = false;
    }
  }
  return isDrawn ? [] : ["the pictures are SVG only: for PNG, install @resvg/resvg-js beside rehearse"];
}

/** Makes a folder and those above it. Node's own recursive way never ends where a file system refuses folders, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

async function stackReport(
  stack: ReportInput["stacks"][number],
  index: number,
  { peak: options, now, stacks }: ReportInput,
): Promise<Page["stacks"][number]> {
  const { rehearsal: given } = stack;
  const secrets = secretsIn(given.resources);
  const rehearsal = redact(given, secrets);
  const hide = hiderOf(secrets);
  const { cost, diff } = hidden({ cost: stack.cost, diff: stack.diff }, hide);
  const isWhole = rehearsal.verdict !== "failed";
  const id = `s${index + 1}`;
  const isTwice = stacks.filter((one) => one.rehearsal.stack === given.stack).length > 1;
  const title = isTwice ? `${given.stack} (${given.mode})` : given.stack;
  const { resources, findings } = rehearsal;
  const drawing =
    isWhole && resources.some(({ custom }) => custom)
      ? await drawArchitecture({ resources, findings, ...changesOf(diff) })
      : undefined;
  const peak = isWhole ? simulatePeak(resources.map(withoutSecrets), { ...options, now }) : undefined;
  return {
    id,
    title,
    rehearsal,
    cost,
    diff,
    drawing,
    peak,
    slug: fileName(isTwice ? `${given.stack}-${given.mode}` : given.stack),
    pictures: peak === undefined ? [] : peakPictures(id, peak),
  };
}

/** Data with `hide` applied to every text in it. */
function hidden<Data>(data: Data, hide: (text: string) => string): Data {
  if (typeof data === "string") return hide(data) as Data;
  if (Array.isArray(data)) return data.map((one: unknown) => hidden(one, hide)) as Data;
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, one]) => [key, hidden(one, hide)])) as Data;
}

/** What the drawing shows of a change. */
function changesOf(diff: StackDiff | undefined) {
  if (diff === undefined) return {};
  const changes = new Map<string, Change>();
  for (const change of ["create", "update", "replace"] as const)
    for (const { resource } of diff[change]) changes.set(resource.urn, change);
  for (const { former } of diff.delete) changes.set(former.urn, "delete");
  return { changes, gone: diff.delete.map(({ former }) => former) };
}

/** Shorter values that a program marks as secret are not hidden elsewhere: that would hide most of the report. */
const SHORTEST = 8;

/** The values that the program marks as secret: they are hidden also where they lost that mark. */
function secretsIn(resources: readonly Resource[]): string[] {
  const texts = new Set<string>();
  const keep = (value: Value): Value | undefined => {
    if (typeof value === "string" && value.length >= SHORTEST && value !== UNKNOWN) texts.add(value);
    return undefined;
  };
  const look = (value: Value): Value | undefined => {
    if (isSecret(value)) transform(value["value"] ?? null, keep);
    return undefined;
  };
  for (const { inputs, outputs } of resources) {
    transform(inputs, look);
    transform(outputs, look);
  }
  return [...texts];
}
