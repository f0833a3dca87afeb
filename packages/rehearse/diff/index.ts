import { existsSync } from "node:fs";

import { stacksIn } from "../cli/stack-names";
import { RehearsalError } from "../errors";
import { type Options, readPackSource } from "../options";
import { StackConfig } from "../project/config";
import { readProject } from "../project/project";
import type { Rehearsal } from "../rehearsal";
import { toJson } from "../report/json";
import { redact } from "../report/redact";
import { type Against, Worktree } from "./before";
import { compare, type Snapshot, type StackDiff } from "./compare";

/** A stack's plan, compared. */
export interface Compared {
  readonly rehearsal: Rehearsal;
  readonly diff: StackDiff;
}

/** Rehearses a stack of a program; what the command line does with today's files. */
export type RehearseStack = (
  options: Pick<Options, "project" | "packs">,
  stack: { readonly name: string; readonly config: StackConfig },
  mode: Rehearsal["mode"],
) => Promise<Rehearsal>;

/**
 * Compares plans with what `--against` names.
 *
 * @param rehearsals - today's
 * @throws RehearsalError if what they are compared with can't be rehearsed
 */
export async function compareAll(
  options: Options,
  against: Against,
  rehearsals: readonly Rehearsal[],
  rehearseStack: RehearseStack,
): Promise<Compared[]> {
  const befores =
    against.kind === "export"
      ? rehearsals.map(() => ({ resources: against.resources, findings: undefined }))
      : await rehearseRef(options, against, rehearsals, rehearseStack);
  return rehearsals.map((rehearsal, index) => {
    const before = befores[index] ?? { resources: [], findings: [] };
    const after = { resources: snapshotsOf(rehearsal), findings: rehearsal.findings };
    // An export doesn't tell what policies said.
    const findings = before.findings ?? rehearsal.findings;
    return { rehearsal, diff: compare({ resources: before.resources, findings }, after) };
  });
}

interface Before {
  readonly resources: readonly Snapshot[];
  readonly findings: Rehearsal["findings"] | undefined;
}

/** The same stacks of the commit, by its own program, stack files and packs. A stack that it doesn't have is all new. */
async function rehearseRef(
  options: Options,
  against: Extract<Against, { kind: "ref" }>,
  rehearsals: readonly Rehearsal[],
  rehearseStack: RehearseStack,
): Promise<Before[]> {
  const nothing: Before = { resources: [], findings: [] };
  const worktree = Worktree.create(against);
  try {
    const root = worktree.inside(options.project.root);
    if (!existsSync(root)) return rehearsals.map(() => nothing);
    await worktree.installPackages(options.project.root);
    const project = readProject(root);
    const packs = options.packSources.map(({ label, dir, configFile }) => {
      const [then, file] = [worktree.inside(dir), configFile && worktree.inside(configFile)];
      const files = readPackSource({
        label,
        dir: existsSync(then) ? then : dir,
        configFile: file !== undefined && existsSync(file) ? file : configFile,
      });
      return { ...files, ignoresUnknown: true };
    });
    const befores: Before[] = [];
    for (const { stack, mode } of rehearsals) {
      const file = worktree.inside(options.stacks.find(({ name }) => name === stack)?.file ?? "");
      const isThere = existsSync(file);
      if (!isThere && stacksIn(project.stackDir).length > 0) {
        befores.push(nothing);
        continue;
      }
      const config = isThere
        ? StackConfig.read(project, stack, file, options.answers.environments)
        : StackConfig.empty(project, stack);
      const before = redact(
        await rehearseStack({ project, packs }, { name: stack, config }, mode),
        config.secretTexts,
      );
      if (before.verdict === "failed") {
        const why = before.diagnostics.find(({ severity }) => severity === "error")?.message ?? "it failed";
        throw new RehearsalError(`${stack} can't be rehearsed as it was at ${against.ref}: ${why}`);
      }
      befores.push({ resources: snapshotsOf(before), findings: before.findings });
    }
    return befores;
  } finally {
    worktree.remove();
  }
}

function snapshotsOf(rehearsal: Rehearsal): Snapshot[] {
  const [stack] = toJson([rehearsal]).stacks;
  const external = new Map(rehearsal.resources.map((resource) => [resource.urn, resource.external]));
  return (stack?.resources ?? []).map((resource) => ({
    ...resource,
    external: external.get(resource.urn) ?? false,
  }));
}
