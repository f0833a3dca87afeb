import { existsSync } from "node:fs";
import { join } from "node:path";

import type { OptionReader } from "../../packages/rehearse/cli/option-reader";
import { nameOf, unknownStack } from "../../packages/rehearse/cli/stack-names";
import { isMapping, readYaml } from "../../packages/rehearse/project/yaml-file";
import { CliError } from "./command";

/**
 * Makes sure that this project has a stack, before anything else is said or done.
 *
 * @throws CliError with those that there are
 */
export function requireStack(stack: string): void {
  const fault = unknownStack(process.cwd(), stack);
  if (fault !== undefined) throw new CliError(fault);
}

/**
 * The stack that a command line names: one, and nothing else. Empty where it names none, which is kept.
 *
 * @param example - how the command is called
 */
export function stackNamed(
  positionals: readonly string[],
  example: string,
  reader: OptionReader<string>,
): string {
  if (positionals.length !== 1 || positionals[0] === "")
    reader.refuse(`one stack has to be named, and ${positionals.length} are: ${example}`);
  return positionals[0] ?? "";
}

/**
 * The `config` of a stack's file, as it is written.
 *
 * @throws UsageError if Pulumi couldn't read it
 */
export function configOf(stack: string): Readonly<Record<string, unknown>> {
  const name = `Pulumi.${nameOf(stack)}`;
  const file = [`${name}.yaml`, `${name}.yml`].find((each) => existsSync(each)) ?? `${name}.yaml`;
  const { config } = readYaml(join(process.cwd(), file), "stack file");
  return isMapping(config) ? config : {};
}
