import { stackTags, stackTagsOf } from "../../components/naming";
import { nameOf } from "../../packages/rehearse/cli/stack-names";
import { CliError } from "../cli/command";
import { must } from "../cli/faults";

/** What the checks start from. */
export interface Context {
  readonly stack: string;
  readonly resolver: string | undefined;
  /** The stack file's `config`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The CLI's version in CI: a plan of another version may not fit. */
  readonly pinnedPulumi: string;
  readonly leastNode: string;
}

/** One line: what is well, or a CliError with what isn't and the remedy. */
export interface Check {
  readonly title: string;
  readonly check: (context: Context) => Promise<string>;
}

/**
 * What AWS's command line answers, in JSON.
 *
 * @param env - beside this process's own variables
 */
export const aws = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> =>
  must("aws", [...args, "--output", "json"], { env });

/** The stack's Region. */
export const regionOf = (config: Context["config"]): string => textOf(config, "aws:region");

/** Tags that all of a stack's resources have, and nobody else's. */
export function ownTags(stack: string): Readonly<Record<string, string>> {
  return stackTagsOf(stackTags("web-store", nameOf(stack)));
}

/** A group of settings as the stack's file has it; empty without. */
export function groupIn(config: Context["config"], name: string): Readonly<Record<string, unknown>> {
  return (config[`web-store:${name}`] ?? {}) as Readonly<Record<string, unknown>>;
}

/**
 * A text of the stack's file.
 *
 * @throws CliError without it
 */
export function textOf(config: Context["config"], key: string): string {
  const value = config[key];
  if (typeof value === "string") return value;
  throw new CliError(`the stack's file has no text for ${key}`);
}
