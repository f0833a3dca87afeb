import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf, RehearsalError, UsageError } from "./errors";
import { killAll, transpileWith } from "./hosts/child";
import { type Esbuild, Transpiler } from "./hosts/transpiler";
import type { StackDiff } from "./diff/compare";
import { markdownModule, nowOf, reportModule } from "./late";
import { type Options, readOptions, USAGE } from "./options";
import { type Outcome, rehearseStacks } from "./outcome";
import { type Hosts, PROCESSES, type Rehearsal } from "./rehearsal";
import { writeExport } from "./report/export";
import { toJson } from "./report/json";
import { toJunit } from "./report/junit";
import { toSarif } from "./report/sarif";
import type { Rehearsed } from "./watch/run";
import { columnsOf, fold, type Stream, styles, wantsColour } from "./report/style";
import { toText } from "./report/text";

const EXIT = { clean: 0, unjudged: 1, refused: 1, usage: 2, failed: 3 } as const;

export { endAll as endChildren } from "./hosts/child";

/**
 * Runs the command line and sets the exit status.
 * @param esbuild - transpiles the TypeScript of the child processes
 */
export function main(argv: readonly string[], esbuild: Esbuild): void {
  prepare(esbuild);
  void run(argv, process).then((status) => (process.exitCode = status));
}

/**
 * Prepares this process for its runs, once: its child processes have it transpile for them, and end when it ends.
 * @param esbuild - transpiles the TypeScript of the child processes
 */
export function prepare(esbuild: Esbuild): void {
  // On Windows a child process can't wait on a pipe.
  if (process.platform !== "win32") transpileWith(new Transpiler(esbuild));
  process.once("exit", killAll);
}

/** Where a run writes. */
export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/**
 * Runs the command line in this process, with its working directory and environment.
 *
 * @param hosts - run the program and its packs
 * @returns the exit status
 */
export async function run(
  argv: readonly string[],
  streams: Streams,
  hosts: Hosts = PROCESSES,
): Promise<number> {
  try {
    const options = readOptions(argv);
    if (options?.watch === true) return await watchOptions(options, argv, streams);
    return await runOptions(options, hosts, streams);
  } catch (error) {
    complain(error, streams.stderr);
    if (argv.includes("--json")) writeJson(streams.stdout, { error: messageOf(error) });
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

function complain(error: unknown, stderr: Stream): void {
  const expected = error instanceof UsageError || error instanceof RehearsalError;
  const told = expected || !(error instanceof Error) ? messageOf(error) : error.stack;
  stderr.write(`${fold(`rehearse: ${told}`, columnsOf(stderr))}\n`);
}

/** Runs the command line again after every change; it ends only when the process ends. */
async function watchOptions({ json, tree }: Options, argv: readonly string[], streams: Streams) {
  const { watch } = require("./watch") as typeof import("./watch");
  return watch({
    json,
    tree,
    stdout: streams.stdout,
    read: () => readOptions(argv) as Options,
    rehearse: (options, hosts) =>
      new Promise((done, fail) => void runOptions(options, hosts, streams, done).catch(fail)),
    complain(error) {
      complain(error, streams.stderr);
      if (json) streams.stdout.write(`${JSON.stringify({ error: messageOf(error) })}\n`);
    },
  });
}

/** @param take - receives the results and reports them. @default the results are printed, and written to files */
async function runOptions(
  options: Options | undefined,
  hosts: Hosts,
  streams: Streams,
  take?: (rehearsed: Rehearsed) => void,
): Promise<number> {
  if (!options) {
    streams.stdout.write(`${USAGE}\n`);
    return EXIT.clean;
  }
  const outcome = await rehearseStacks(options, hosts, streams.stderr);
  const { rehearsals, costs } = outcome;
  const text = textOf(options, outcome);
  const json = (): object => jsonOf(outcome);
  if (take) take({ rehearsals, costs, json, text: (rehearsal) => text(rehearsal, streams.stdout) });
  else {
    tell(options, outcome, streams);
    try {
      await writeFiles(options, outcome, streams.stderr);
    } catch (error) {
      // The result is already on stdout.
      complain(error, streams.stderr);
      return EXIT.failed;
    }
  }
  return Math.max(
    ...rehearsals.map(({ verdict, refusedSettings }) => (refusedSettings ? EXIT.usage : EXIT[verdict])),
  );
}

/** Formats a rehearsal as text for a stream. */
function textOf({ project, tree }: Options, { costs, peaks, comparison }: Outcome) {
  return (rehearsal: Rehearsal, stream: Stream): string => {
    const style = styles(wantsColour(stream));
    return toText(rehearsal, {
      style,
      project: project.name,
      columns: columnsOf(stream),
      isFull: tree,
      difference: comparison?.text(rehearsal, style),
      cost: costs.get(rehearsal)?.text(style) ?? "",
      peak: peaks.get(rehearsal)?.text(style, tree) ?? "",
    });
  };
}

function jsonOf({ rehearsals, costs, peaks, comparison }: Outcome): object {
  return toJson(rehearsals, costs, peaks, comparison?.json);
}

function tell(options: Options, outcome: Outcome, { stdout, stderr }: Streams): void {
  const text = textOf(options, outcome);
  if (!options.json)
    stdout.write(`${outcome.rehearsals.map((rehearsal) => text(rehearsal, stdout)).join("\n\n\n")}\n`);
  else {
    // The JSON says only why a rehearsal failed; stderr shows everything.
    for (const rehearsal of outcome.failed) stderr.write(`${text(rehearsal, stderr)}\n`);
    writeJson(stdout, jsonOf(outcome));
  }
}

/**
 * Writes the files that the options ask for. If one can't be written, it still writes the others.
 *
 * @throws RehearsalError naming each file that can't be written
 */
async function writeFiles(
  { sarifFile, junitFile, markdownFile, reportDir, exportFile, project, against, peak = {} }: Options,
  { rehearsals, costs, comparison, exported, secrets }: Outcome,
  stderr: Stream,
): Promise<void> {
  const faults: string[] = [];
  const write = async (option: string, path: string | undefined, work: (path: string) => unknown) => {
    if (path === undefined) return;
    try {
      await work(path);
    } catch (error) {
      if (!(error instanceof Error && "syscall" in error)) throw error;
      faults.push(`--${option} ${path} can't be written: ${error.message}; name another place`);
    }
  };
  await write("markdown", markdownFile, (file) => {
    const diffs = comparison?.diffs ?? new Map<Rehearsal, StackDiff>();
    writeFileSync(file, markdownModule().toMarkdown(rehearsals, diffs, costs, against));
  });
  await write("sarif", sarifFile, (file) => {
    const log = toSarif(rehearsals, join(project.root, "Pulumi.yaml"), process.cwd());
    writeFileSync(file, `${JSON.stringify(log, null, 2)}\n`);
  });
  await write("junit", junitFile, (file) => writeFileSync(file, toJunit(rehearsals)));
  await write("report", reportDir, async (folder) => {
    const stacks = rehearsals.map((rehearsal) => ({
      rehearsal,
      cost: costs.get(rehearsal)?.json,
      diff: comparison?.diffs.get(rehearsal),
    }));
    const input = { project: project.name, now: nowOf(process.env), stacks, against, peak };
    const notes = await reportModule().writeReport(folder, input);
    stderr.write(`${[`Report: ${join(folder, "index.html")}`, ...notes].join("\n")}\n`);
  });
  await write("export", exportFile, (file) => {
    if (exported && exported.verdict !== "failed") writeExport(file, exported, secrets);
    else stderr.write(`--export ${file} is not written: the rehearsal failed, so its state is incomplete\n`);
  });
  if (faults.length > 0) throw new RehearsalError(faults.join("\n"));
}

function writeJson(stdout: Stream, value: object): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
