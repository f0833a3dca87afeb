import { stackTags, stackTagsOf } from "../../components/naming";
import { nameOf } from "../../packages/rehearse/cli/stack-names";
import { CliError } from "../cli/command";
import { must } from "../cli/faults";

/** The input of the checks. */
export interface Context {
  readonly stack: string;
  readonly resolver: string | undefined;
  /** The stack file's `config`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The CLI's version in CI: a plan from another version may not fit. */
  readonly pinnedPulumi: string;
  readonly leastNode: string;
}

/** A check: returns a line if all is well, or throws a CliError with the fault and its remedy. */
export interface Check {
  readonly title: string;
  readonly check: (context: Context) => Promise<string>;
}

/**
 * Runs the AWS CLI and returns its JSON output.
 *
 * @param env - added to this process's environment
 */
export const aws = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> =>
  must("aws", [...args, "--output", "json"], { env });

/** The stack's Region. */
export const regionOf = (config: Context["config"]): string => textOf(config, "aws:region");

/** Tags that only this stack's resources have. */
export function ownTags(stack: string): Readonly<Record<string, string>> {
  return stackTagsOf(stackTags("web-store", nameOf(stack)));
}

/** A group of settings in the stack's file; empty if it is missing. */
export function groupIn(config: Context["config"], name: string): Readonly<Record<string, unknown>> {
  return (config[`web-store:${name}`] ?? {}) as Readonly<Record<string, unknown>>;
}

/**
 * A string in the stack's file.
 *
 * @throws CliError if it is missing
 */
export function textOf(config: Context["config"], key: string): string {
  const value = config[key];
  if (typeof value === "string") return value;
  throw new CliError(`the stack's file has no string for ${key}`);
}
