import { existsSync } from "node:fs";
import { basename } from "node:path";

import { stacksIn } from "../cli/stack-names";
import { type Options, readPackSource } from "../options";
import { StackConfig } from "../project/config";
import { type Project, readProject, stackFile } from "../project/project";
import type { Rehearsal } from "../rehearsal";
import type { StackToRehearse } from "../stacks";
import { redact } from "../report/redact";
import { type Against, type Former, Worktree } from "./before";
import { type StackDiff, summarize } from "./compare";
import { KeptFormers } from "./kept";

/** A stack's plan, compared. */
export interface Compared {
  readonly rehearsal: Rehearsal;
  readonly diff: StackDiff;
}

/** Rehearses a stack of a program as it looks when deployed, or as it looks when new. */
export type RehearseFormer = (
  options: Pick<Options, "project" | "packs">,
  stack: { readonly name: string; readonly config: StackConfig },
  isDeployed: boolean,
) => Promise<Rehearsal>;

/**
 * The stacks before the change, as the target of `--against` has them.
 *
 * @param say - receives a line about each slow step
 * @returns one for each of the options' stacks; those that can't be rehearsed as they were have a `failure`
 * @throws RehearsalError if git or the installation of packages fails
 */
export async function readFormer(
  options: Options,
  against: Against,
  rehearse: RehearseFormer,
  say: (line: string) => void,
): Promise<Former[]> {
  if (against.kind === "export")
    return options.stacks.map(() => ({ state: against.resources, findings: undefined, secretTexts: [] }));
  const kept = KeptFormers.of(against, options);
  const known = options.stacks.map((stack) => kept?.read(stack));
  const reused = options.stacks.filter((_, at) => known[at] !== undefined).map(({ name }) => name);
  if (reused.length > 0)
    say(`Reusing the rehearsal of ${reused.join(", ")} at ${against.ref} (${against.commit.slice(0, 10)})`);
  const all = known.filter((former) => former !== undefined);
  if (all.length === known.length) return all;
  const worktree = await Worktree.create(against);
  try {
    const root = worktree.inside(options.project.root);
    if (!existsSync(root)) return options.stacks.map(() => NOTHING);
    const isLocked = await worktree.installPackages(options.project.root, say);
    const isWhole = options.packSources.every(({ dir }) => existsSync(worktree.inside(dir)));
    const project = readProject(root);
    const packs = packsThen(options, worktree);
    const former = async (stack: StackToRehearse): Promise<Former> => {
      const config = configThen(options, worktree, project, stack);
      if (config === undefined) return NOTHING;
      const found = await rehearseThen({ project, packs }, { name: stack.name, config }, against, rehearse);
      // Without a lockfile, or with packs from elsewhere, the next run may use other packages or policies.
      if (isLocked && isWhole && found.failure === undefined) kept?.write(stack, found);
      return found;
    };
    const formers: Former[] = [];
    for (const [at, stack] of options.stacks.entries()) formers.push(known[at] ?? (await former(stack)));
    return formers;
  } finally {
    worktree.remove();
  }
}

/** A stack that didn't exist. */
const NOTHING: Former = { state: [], findings: [], secretTexts: [] };

/** The packs as they were at the commit; today's, if a pack or a configuration didn't exist yet. */
function packsThen({ packSources }: Options, worktree: Worktree): Options["packs"] {
  return packSources.map(({ label, dir, configFile }) => {
    const [then, file] = [worktree.inside(dir), configFile && worktree.inside(configFile)];
    const files = readPackSource({
      label,
      dir: existsSync(then) ? then : dir,
      configFile: file !== undefined && existsSync(file) ? file : configFile,
    });
    return { ...files, ignoresUnknown: true };
  });
}

/** A stack's configuration at the commit; undefined if only other stacks had files then. */
function configThen(
  { answers }: Options,
  worktree: Worktree,
  project: Project,
  { name, file }: StackToRehearse,
): StackConfig | undefined {
  const then = stackFileThen(worktree, project, { name, file });
  if (then !== undefined) return StackConfig.read(project, name, then, answers.environments);
  return stacksIn(project.stackDir).length > 0 ? undefined : StackConfig.empty(project, name);
}

/** Rehearses the stack as it was. */
async function rehearseThen(
  options: Parameters<RehearseFormer>[0],
  stack: Parameters<RehearseFormer>[1],
  { ref }: Extract<Against, { kind: "ref" }>,
  rehearse: RehearseFormer,
): Promise<Former> {
  const deployed = await rehearse(options, stack, true);
  // The program may fail on made-up values. A preview with unknown values then works as well.
  const former = deployed.verdict === "failed" ? await rehearse(options, stack, false) : deployed;
  const { secretTexts } = stack.config;
  const { diagnostics, findings } = redact(former, secretTexts);
  if (former.verdict === "failed") {
    const why = diagnostics.find(({ severity }) => severity === "error")?.message ?? "it failed";
    return {
      ...NOTHING,
      secretTexts,
      failure: `${stack.name} can't be rehearsed as it was at ${ref}: ${why}`,
    };
  }
  return { state: former.resources, findings, secretTexts };
}

/**
 * The stack file at the commit: the given file as it was, or else the stack's own. A given file from outside the
 * repository is used if the stack has no file of its own.
 */
function stackFileThen(
  worktree: Worktree,
  project: Project,
  { name, file }: Pick<StackToRehearse, "name" | "file">,
): string | undefined {
  const [then, own] = [worktree.inside(file), stackFile(project, name)];
  if (then !== file && existsSync(then)) return then;
  if (existsSync(own)) return own;
  return then === file && basename(file) !== basename(own) ? file : undefined;
}

/** Compares a stack's plan; undefined if it has none. */
export function compared(rehearsal: Rehearsal, former: Former | undefined): Compared | undefined {
  const { plan, findings } = rehearsal;
  return plan === undefined ? undefined : { rehearsal, diff: summarize(plan, former?.findings, findings) };
}

/** The cost before the change; undefined if the stack has no plan. */
export function costBefore({ plan }: Rehearsal, former: Former | undefined) {
  const renamed = (plan?.steps ?? []).flatMap(({ resource, former: was }) =>
    was === undefined ? [] : [[was.urn, resource.urn] as const],
  );
  return plan === undefined || former === undefined
    ? undefined
    : { resources: former.state, renamed: new Map(renamed) };
}
