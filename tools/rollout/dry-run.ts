import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { isSeq, parseDocument } from "yaml";

import { CliError, run } from "../cli/command";
import { typeAndName } from "../cli/urns";
import type { Options } from "./options";
import { type Position, settingsOf, shareOf } from "./release";
import { stepsTo } from "./steps";

const REHEARSE = join(__dirname, "..", "..", "packages", "rehearse", "bin.cjs");
const KEY = "web-store:blueGreen";

interface Diff {
  readonly create: readonly string[];
  readonly delete: readonly string[];
  readonly update: readonly Change[];
  readonly replace: readonly Change[];
}
interface Change {
  readonly urn: string;
  readonly properties: readonly string[];
}

/** Rehearses each step from the stack file's position, and shows its changes compared with the previous one. */
export async function dryRun(options: Options, log: (line: string) => void): Promise<number> {
  const { stack, to } = options;
  const folder = mkdtempSync(join(tmpdir(), "rollout-"));
  try {
    const text = readStackFile(options);
    const start = positionIn(text, stack);
    const steps = to === undefined ? [] : stepsTo(to, start, options.steps);
    if (steps.length === 0) log(`${to} is live in ${stack}'s file already.`);
    let before = await rehearse(folder, stack, text, "0");
    for (const [index, { title, position }] of steps.entries()) {
      const after = await rehearse(
        folder,
        stack,
        withPosition(text, position),
        String(index + 1),
        before.state,
      );
      log(`${title}:\n${linesOf(after.diff).join("\n")}`);
      if (after.isRefused) {
        log(`  refused by a mandatory policy: npm run rehearse -- ${stack}`);
        return 1;
      }
      if (shareOf(position, to ?? position.live) === 0) for (const line of commandIn(text)) log(line);
      before = after;
    }
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readStackFile({ stack, configFile }: Options): string {
  const file = configFile ?? join(process.cwd(), `Pulumi.${basename(stack)}.yaml`);
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new CliError(`there is no ${file}: a dry run needs the stack's file`);
  }
}

function positionIn(text: string, stack: string): Position {
  const document = parseDocument(text);
  const at = (...keys: string[]): unknown => document.getIn(["config", KEY, ...keys]);
  if (at("enabled") !== true)
    throw new CliError(
      `${stack} has one colour, but a rollout needs two.\n  remedy: set blueGreen.enabled (docs/blue-green.md)`,
    );
  const weight = (colour: string, otherwise: number): number => Number(at(colour, "weight") ?? otherwise);
  return {
    live: at("live") === "green" ? "green" : "blue",
    weights: { blue: weight("blue", 100), green: weight("green", 0) },
  };
}

/** The lines about the release command, if there is one. */
function commandIn(text: string): string[] {
  const command = parseDocument(text).getIn(["config", KEY, "releaseCommand", "command"]);
  if (!isSeq(command) || command.items.length === 0) return [];
  return [
    `release command, on one instance, unless it has run for this release:\n  ${command.items.join(" ")}`,
  ];
}

function withPosition(text: string, position: Position): string {
  const document = parseDocument(text);
  for (const [key, value] of settingsOf(position)) document.setIn(["config", KEY, ...key.split(".")], value);
  return String(document);
}

async function rehearse(folder: string, stack: string, text: string, step: string, against?: string) {
  const [file, state] = [join(folder, `${step}.yaml`), join(folder, `${step}.json`)];
  writeFileSync(file, text);
  const comparison = against === undefined ? [] : ["--against", against];
  const args = [
    REHEARSE,
    basename(stack),
    "--config-file",
    file,
    "--mode",
    "up",
    "--export",
    state,
    "--json",
  ];
  const { status, stdout, stderr } = await run(process.execPath, [...args, ...comparison]);
  if (status > 1) throw new CliError(`${stack} can't be rehearsed:\n${stderr.trim()}`);
  const { stacks } = JSON.parse(stdout) as { readonly stacks: readonly { readonly diff?: Diff }[] };
  return { state, diff: stacks[0]?.diff, isRefused: status === 1 };
}

function linesOf(diff: Diff | undefined): string[] {
  if (diff === undefined) return [];
  const changed = (sign: string, changes: readonly Change[]): string[] =>
    changes.map(({ urn, properties }) => `  ${sign} ${typeAndName(urn)}: ${properties.join(", ")}`);
  const lines = [
    ...diff.create.map((urn) => `  + ${typeAndName(urn)}`),
    ...changed("~", diff.update),
    ...changed("±", diff.replace),
    ...diff.delete.map((urn) => `  - ${typeAndName(urn)}`),
  ];
  return lines.length === 0 ? ["  nothing changes"] : lines;
}
