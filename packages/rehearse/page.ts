/**
 * The report of `--report`: a page, the same in short as Markdown, and its pictures. A program of its own, which is loaded
 * for that option alone.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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

/** What a report is of. */
export interface ReportInput {
  readonly project: string;
  /** Milliseconds since 1970: the day of the report, and of the peak that comes next. */
  readonly now: number;
  readonly stacks: readonly {
    /** The secrets of the stack file are hidden in it already. */
    readonly rehearsal: Rehearsal;
    /** Undefined for one that failed. */
    readonly cost: JsonCost | undefined;
    /** What changes; undefined for nothing known. */
    readonly diff: StackDiff | undefined;
  }[];
  /** What the stacks are compared with; undefined for nothing. */
  readonly against: Against | undefined;
  readonly peak: Omit<PeakOptions, "now">;
}

/**
 * Writes the report to a folder, over the files of a former one.
 *
 * @param folder - It is made if it isn't there.
 * @returns what has to be said of it, a line each: which pictures there are not
 */
export async function writeReport(folder: string, input: ReportInput): Promise<string[]> {
  const stacks: Page["stacks"][number][] = [];
  for (const [index, stack] of input.stacks.entries()) stacks.push(await stackReport(stack, index, input));
  // A bundle takes it in.
  const { version } = require("./package.json") as { version: string };
  const { project, against, now } = input;
  const page: Page = { project, version, against, stacks, date: new Date(now).toISOString().slice(0, 10) };
  mkdirSync(folder, { recursive: true });
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
  return isDrawn ? [] : ["the pictures are SVG alone: for PNG, install @resvg/resvg-js beside rehearse"];
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

/** Data with every text in it changed. */
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

/** Shorter texts that a program calls secret are left alone elsewhere: hiding each of them would hide the report. */
const SHORTEST = 8;

/** The texts that the program calls secret: where they lost their mark on the way, they are hidden too. */
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
