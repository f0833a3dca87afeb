import type { Answers } from "./cloud/answers";
import { nameOf, stacksIn, unknownStack } from "./cli/stack-names";
import { UsageError } from "./errors";
import { StackConfig } from "./project/config";
import { type Project, stackFile, stackNameOf } from "./project/project";

/** A stack and its configuration, read and checked. */
export interface StackToRehearse {
  readonly name: string;
  /** The path of its stack file, which may be missing if the program has no stack files. */
  readonly file: string;
  readonly config: StackConfig;
}

/** The default name of the stack of a program without stack files. */
const ONLY = "dev";

/**
 * Finds stacks and their files: named stacks take the `--config-file`s in order; without names the stacks are named
 * after the
 * files. A program without stack files has an empty configuration.
 *
 * @throws UsageError naming every fault of every file
 */
export function readStacks(
  project: Project,
  named: readonly string[],
  files: readonly string[],
  { environments }: Pick<Answers, "environments">,
): StackToRehearse[] {
  if (named.length > 0 && files.length > 0 && named.length !== files.length) {
    throw new UsageError(
      `${named.length} stack(s) and ${files.length} --config-file(s): give one file for each stack, ` +
        "or leave out the stacks to name them after their files",
    );
  }
  const own = stacksIn(project.stackDir);
  const names =
    named.length > 0
      ? named.map(nameOf)
      : files.length > 0
        ? files.map(stackNameOf)
        : own.length > 0
          ? own
          : [ONLY];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`stack ${twice} is named twice`);

  const hasNoFile = files.length === 0 && own.length === 0;
  const unknown =
    files.length > 0 || hasNoFile ? [] : names.flatMap((name) => unknownStack(project.stackDir, name) ?? []);
  if (unknown.length > 0) throw new UsageError(unknown.join("\n"));
  const faults: string[] = [];
  const stacks = names.flatMap((name, index) => {
    try {
      if (!/^[A-Za-z0-9_.-]{1,100}$/.test(name)) {
        throw new UsageError(
          `"${name}" is not a stack name: use up to 100 letters, digits, hyphens, underscores and periods`,
        );
      }
      const file = files[index] ?? stackFile(project, name);
      const config = hasNoFile
        ? StackConfig.empty(project, name)
        : StackConfig.read(project, name, file, environments);
      return [{ name, file, config }];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push(error.message);
      return [];
    }
  });
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
  return stacks;
}
