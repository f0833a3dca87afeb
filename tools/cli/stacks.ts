import { existsSync } from "node:fs";
import { join } from "node:path";

import type { OptionReader } from "../../packages/rehearse/cli/option-reader";
import { nameOf, unknownStack } from "../../packages/rehearse/cli/stack-names";
import { isMapping, readYaml } from "../../packages/rehearse/project/yaml-file";
import { CliError } from "./command";

/**
 * Checks first that this project has a stack.
 *
 * @throws CliError naming the existing stacks
 */
export function requireStack(stack: string): void {
  const fault = unknownStack(process.cwd(), stack);
  if (fault !== undefined) throw new CliError(fault);
}

/**
 * The single stack of a command line. Empty, with a recorded fault, if the command line doesn't name exactly one.
 *
 * @param example - an example of the command
 */
export function stackNamed(
  positionals: readonly string[],
  example: string,
  reader: OptionReader<string>,
): string {
  if (positionals.length !== 1 || positionals[0] === "")
    reader.refuse(`name exactly one stack (${positionals.length} are named): ${example}`);
  return positionals[0] ?? "";
}

/**
 * The `config` of a stack's file, as written.
 *
 * @throws UsageError if Pulumi can't read it
 */
export function configOf(stack: string): Readonly<Record<string, unknown>> {
  const name = `Pulumi.${nameOf(stack)}`;
  const file = [`${name}.yaml`, `${name}.yml`].find((each) => existsSync(each)) ?? `${name}.yaml`;
  const { config } = readYaml(join(process.cwd(), file), "stack file");
  return isMapping(config) ? config : {};
}
