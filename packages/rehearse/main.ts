import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { standInCloud } from "./cloud/stand-in";
import { messageOf, RehearsalError, UsageError } from "./errors";
import { killAll, transpileWith } from "./hosts/child";
import { type Esbuild, Transpiler } from "./hosts/transpiler";
import type { CostOptions } from "./cost/told";
import type { Resource } from "./engine/resource";
import type { StackDiff } from "./diff/compare";
import { costModule, markdownModule, nowOf, peaksOf, writeReport } from "./late";
import { type Options, readOptions, USAGE } from "./options";
import { type Hosts, PROCESSES, type Rehearsal, type RehearsalOptions, rehearse } from "./rehearsal";
import { writeExport } from "./report/export";
import { toJson, toJsonError } from "./report/json";
import { toJunit } from "./report/junit";
import { Progress } from "./report/progress";
import { redact } from "./report/redact";
import { toSarif } from "./report/sarif";
import type { StackToRehearse } from "./stacks";
import type { Rehearsed } from "./watch/run";
import { columnsOf, fold, type Stream, type Style, styles, wantsColour } from "./report/style";
import { toText } from "./report/text";
import { forSeveral } from "./several";

const EXIT = { clean: 0, unjudged: 1, refused: 1, usage: 2, failed: 3 } as const;

/** Each has a program and a pack, which take turns: two keep a single core busy. */
const STACKS_AT_A_TIME = Math.max(2, availableParallelism());

export { endAll as endChildren } from "./hosts/child";

/**
 * Runs the command line and sets the exit status.
 * @param esbuild - What the children's TypeScript may be transpiled with.
 */
export function main(argv: readonly string[], esbuild: Esbuild): void {
  prepare(esbuild);
  void run(argv, process).then((status) => (process.exitCode = status));
}

/**
 * Readies this process for its runs, once: their children have it transpile, and end with it.
 * @param esbuild - What the children's TypeScript may be transpiled with.
 */
export function prepare(esbuild: Esbuild): void {
  // Windows has no pipe that a child could wait on.
  if (process.platform !== "win32") transpileWith(new Transpiler(esbuild));
  process.once("exit", killAll);
}

/** Where a run writes. */
export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/**
 * Runs the command line in this process, whose working directory and environment it reads.
 *
 * @param hosts - what runs the program and its packs
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

/** Runs what the command line says, again and again; it ends only when the process does. */
async function watchOptions({ json, tree }: Options, argv: readonly string[], streams: Streams) {
  const { watch } = require("./watch") as typeof import("./watch");
  return watch({
    ...{ json, tree, stdout: streams.stdout },
    read: () => readOptions(argv) as Options,
    rehearse: (options, hosts) =>
      new Promise((done, fail) => void runOptions(options, hosts, streams, done).catch(fail)),
    complain(error) {
      complain(error, streams.stderr);
      if (json) streams.stdout.write(`${JSON.stringify({ error: messageOf(error) })}\n`);
    },
  });
}

/** @param take - takes the results, to tell them in another way. @default they are told, and written to files */
async function runOptions(
  options: Options | undefined,
  hosts: Hosts,
  { stdout, stderr }: Streams,
  take?: (rehearsed: Rehearsed) => void,
): Promise<number> {
  if (!options) {
    stdout.write(`${USAGE}\n`);
    return EXIT.clean;
  }
  const comparer = await comparerOf(options, hosts, stderr);
  const atATime = hosts.parallel ? STACKS_AT_A_TIME : 1;
  const perStack = await forSeveral(options.stacks, atATime, (stack, index) =>
    rehearseStack(options, hosts, stack, comparer?.formers[index]?.state, stderr),
  );
  const exported = perStack.flat().at(-1);
  const secrets = [
    ...options.stacks.flatMap(({ config }) => config.secretTexts),
    ...(comparer?.formers ?? []).flatMap(({ secretTexts }) => secretTexts),
  ];
  const others = await rehearseOthers(options, hosts, stderr);
  const cost = costModule();
  const stackOf = ({ stack }: Rehearsal): number => options.stacks.findIndex(({ name }) => name === stack);
  const costOptions = (rehearsal: Rehearsal): CostOptions => ({
    usage: options.usage,
    budget: options.budget ?? options.stacks[stackOf(rehearsal)]?.config.engine.budget,
    isFull: options.cost,
    whatIfs: others.map(({ settings, stacks }) => ({
      settings,
      rehearsal: redact(stacks[stackOf(rehearsal)] ?? rehearsal, secrets),
    })),
  });
  const priced = perStack
    .flat()
    .map((rehearsal) => redact(rehearsal, secrets))
    .map((rehearsal) => cost.priced(rehearsal, costOptions(rehearsal)));
  const rehearsals = priced.map(({ rehearsal }) => rehearsal);
  const status = Math.max(
    ...rehearsals.map(({ verdict, refusedSettings }) => (refusedSettings ? EXIT.usage : EXIT[verdict])),
  );
  const failed = rehearsals.filter(({ verdict }) => verdict === "failed");
  if (options.usage !== undefined && failed.length === 0)
    cost.refuseUnknownResources(
      options.usage,
      rehearsals.flatMap(({ resources }) => resources),
    );
  const costs = new Map(
    priced.flatMap(({ rehearsal, cost: sum }) => {
      if (sum === undefined) return [];
      const before = comparer?.before(rehearsal, stackOf(rehearsal));
      return [[rehearsal, cost.tellCost(sum, costOptions(rehearsal), before)]];
    }),
  );
  const peaks = peaksOf(rehearsals, options);
  // Half a plan compares with nothing.
  const comparison = failed.length > 0 ? undefined : comparer?.compare(rehearsals);
  const text = (rehearsal: Rehearsal, stream: Stream): string => {
    const style = styles(wantsColour(stream));
    return toText(rehearsal, {
      style,
      project: options.project.name,
      columns: columnsOf(stream),
      isFull: options.tree,
      difference: comparison?.text(rehearsal, style),
      cost: costs.get(rehearsal)?.text(style) ?? "",
      peak: peaks.get(rehearsal)?.text(style, options.tree) ?? "",
    });
  };
  const json = () =>
    failed.length === 0 ? toJson(rehearsals, costs, peaks, comparison?.json) : toJsonError(failed);
  if (take) {
    take({ rehearsals, costs, json, text: (rehearsal) => text(rehearsal, stdout) });
    return status;
  }
  if (!options.json) {
    stdout.write(`${rehearsals.map((rehearsal) => text(rehearsal, stdout)).join("\n\n\n")}\n`);
  } else {
    // A failed rehearsal is half a result: only why it failed is told, and on stderr all that there is.
    for (const rehearsal of failed) stderr.write(`${text(rehearsal, stderr)}\n`);
    writeJson(stdout, json());
  }
  const { sarifFile, junitFile, markdownFile, project } = options;
  if (markdownFile !== undefined) {
    const diffs = comparison?.diffs ?? new Map<Rehearsal, StackDiff>();
    writeFileSync(markdownFile, markdownModule().toMarkdown(rehearsals, diffs, costs, options.against));
  }
  if (sarifFile !== undefined) {
    const log = toSarif(rehearsals, join(project.root, "Pulumi.yaml"), process.cwd());
    writeFileSync(sarifFile, `${JSON.stringify(log, null, 2)}\n`);
  }
  if (junitFile !== undefined) writeFileSync(junitFile, toJunit(rehearsals));
  if (options.reportDir !== undefined) {
    const stacks = rehearsals.map((rehearsal) => ({
      rehearsal,
      cost: costs.get(rehearsal)?.json,
      diff: comparison?.diffs.get(rehearsal),
    }));
    const { against } = options;
    const input = {
      project: project.name,
      now: nowOf(process.env),
      stacks,
      against,
      peak: options.peak ?? {},
    };
    const notes = await writeReport(options.reportDir, input);
    const written = `Report: ${join(options.reportDir, "index.html")}`;
    stderr.write(`${[written, ...notes].join("\n")}\n`);
  }
  if (options.exportFile !== undefined && exported && exported.verdict !== "failed")
    writeExport(options.exportFile, exported, secrets);
  return status;
}

function writeJson(stdout: Stream, value: object): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** What `--against` compares plans with, and what it finds in each form; undefined without it. */
async function comparerOf(options: Options, hosts: Hosts, stderr: Stream) {
  const { against } = options;
  if (against === undefined) return undefined;
  // Seldom needed, and large.
  const diff = require("./diff") as typeof import("./diff");
  const report = require("./diff/report") as typeof import("./diff/report");
  const formers = await diff.readFormer(
    options,
    against,
    (own, stack, isDeployed) =>
      rehearseOnce({ ...options, ...own }, hosts, { ...stack, isDeployed }, "preview", stderr),
    (line) => stderr.write(`${line}\n`),
  );
  return {
    formers,
    before: (rehearsal: Rehearsal, index: number) => diff.costBefore(rehearsal, formers[index]),
    compare(rehearsals: readonly Rehearsal[]) {
      const all = rehearsals.flatMap((rehearsal) => {
        const index = options.stacks.findIndex(({ name }) => name === rehearsal.stack);
        return diff.compared(rehearsal, formers[index]) ?? [];
      });
      return {
        text(rehearsal: Rehearsal, style: Style): string {
          const one = all.find((compared) => compared.rehearsal === rehearsal);
          return one === undefined ? "" : report.toDiffText(one, against, style, options.tree);
        },
        diffs: new Map(all.map(({ rehearsal, diff }) => [rehearsal, diff] as const)),
        json: all.map((compared) => report.toJsonDiff(compared.diff)),
      };
    },
  };
}

/** One stack in each mode; `up` never starts after a preview that was refused or failed. */
async function rehearseStack(
  options: Options,
  hosts: Hosts,
  stack: StackToRehearse,
  state: readonly Resource[] | undefined,
  stderr: Stream,
): Promise<Rehearsal[]> {
  const rehearsals: Rehearsal[] = [];
  for (const mode of options.modes) {
    // A state is exported whole, as for Pulumi that doesn't know of the policies.
    const goesOn = options.exportFile !== undefined;
    const rehearsal = await rehearseOnce(options, hosts, { ...stack, state, goesOn }, mode, stderr);
    rehearsals.push(rehearsal);
    if (rehearsal.verdict === "refused" || rehearsal.verdict === "failed") break;
  }
  return rehearsals;
}

/** The stacks with other settings, one after the other: only what they cost is asked, so nothing judges them. */
async function rehearseOthers({ whatIfs, ...options }: Options, hosts: Hosts, stderr: Stream) {
  const others = [];
  for (const { settings, stacks } of whatIfs) {
    const rehearsals: Rehearsal[] = [];
    for (const stack of stacks)
      rehearsals.push(
        await rehearseOnce({ ...options, whatIfs: [], packs: [] }, hosts, stack, "preview", stderr),
      );
    others.push({ settings, stacks: rehearsals });
  }
  return others;
}

async function rehearseOnce(
  { project, packs, timeoutSeconds, answers, allowUnjudged, json }: Options,
  hosts: Hosts,
  stack: Pick<StackToRehearse, "name" | "config"> & Pick<RehearsalOptions, "state" | "isDeployed" | "goesOn">,
  mode: Rehearsal["mode"],
  stderr: Stream,
): Promise<Rehearsal> {
  const progress = new Progress(stderr);
  const rehearsal = await rehearse({
    project,
    mode,
    packs,
    hosts,
    cloud: standInCloud(answers),
    allowUnjudged,
    timeoutSeconds,
    stack: stack.name,
    config: stack.config,
    state: stack.state,
    isDeployed: stack.isDeployed ?? false,
    goesOn: stack.goesOn ?? false,
    onProgress: (resources, activity) => {
      if (!json) progress.show(`${stack.name} (${mode}): ${resources} resources  ${activity}`);
    },
  });
  progress.clear();
  return rehearsal;
}
