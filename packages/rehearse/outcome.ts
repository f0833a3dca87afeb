import { availableParallelism } from "node:os";
import { standInCloud } from "./cloud/stand-in";
import type { CostOptions } from "./cost/told";
import type { Former } from "./diff/before";
import { costModule, peaksOf } from "./late";
import type { Options } from "./options";
import { failedRehearsal, type Hosts, type Rehearsal, type RehearsalOptions, rehearse } from "./rehearsal";
import { Progress } from "./report/progress";
import { redact } from "./report/redact";
import type { Stream, Style } from "./report/style";
import { forSeveral } from "./several";
import type { StackToRehearse } from "./stacks";

/** A stack has a program and a pack, which wait for each other: two stacks keep a single core busy. */
const STACKS_AT_A_TIME = Math.max(2, availableParallelism());

/** The results of all stacks of a command line. */
export type Outcome = Awaited<ReturnType<typeof rehearseStacks>>;

/**
 * Rehearses the stacks that the command line names, in its modes, and computes what it asks for: their cost, whether
 * they carry their peak, and how they differ from the target of `--against`.
 *
 * @throws UsageError if the options don't fit the stacks
 */
export async function rehearseStacks(options: Options, hosts: Hosts, stderr: Stream) {
  const comparer = await comparerOf(options, hosts, stderr);
  const atATime = hosts.parallel ? STACKS_AT_A_TIME : 1;
  const perStack = await forSeveral(options.stacks, atATime, (stack, index) =>
    rehearseStack(options, hosts, stack, comparer?.formers[index], stderr),
  );
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
  return {
    /** In the order of the command line, without secrets. */
    rehearsals,
    failed,
    costs,
    peaks: peaksOf(rehearsals, options),
    /** Of the rehearsals that didn't fail. @default there is nothing to compare with */
    comparison: comparer?.compare(rehearsals),
    /** The last rehearsal, with its secrets. */
    exported: perStack.flat().at(-1),
    secrets,
  };
}

/** Reads what `--against` names, and compares plans with it; undefined without the option. */
async function comparerOf(options: Options, hosts: Hosts, stderr: Stream) {
  const { against } = options;
  if (against === undefined) return undefined;
  // Loaded here because few runs need it, and it is large.
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
        json: new Map(all.map(({ rehearsal, diff }) => [rehearsal, report.toJsonDiff(diff)] as const)),
      };
    },
  };
}

/**
 * Rehearses one stack in each mode; `up` doesn't start after a preview that was refused or failed.
 *
 * @param former - the stack that exists; undefined if it is new
 */
async function rehearseStack(
  options: Options,
  hosts: Hosts,
  stack: StackToRehearse,
  former: Former | undefined,
  stderr: Stream,
): Promise<Rehearsal[]> {
  const [first] = options.modes;
  if (former?.failure !== undefined) return [failedRehearsal(stack.name, first ?? "preview", former.failure)];
  const rehearsals: Rehearsal[] = [];
  const state = former?.state;
  for (const mode of options.modes) {
    // An exported state is complete, as Pulumi would write it without policies.
    const goesOn = options.exportFile !== undefined;
    const rehearsal = await rehearseOnce(options, hosts, { ...stack, state, goesOn }, mode, stderr);
    rehearsals.push(rehearsal);
    if (rehearsal.verdict === "refused" || rehearsal.verdict === "failed") break;
  }
  return rehearsals;
}

/** Rehearses the stacks with other settings, one after the other. No pack judges them: only their cost is needed. */
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
