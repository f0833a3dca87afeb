import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { nameOf, unknownStack } from "../../packages/rehearse/cli/stack-names";
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

/** The `config` of a stack's file, as it is written. */
export function configOf(stack: string): Readonly<Record<string, unknown>> {
  const name = `Pulumi.${nameOf(stack)}`;
  const file = [`${name}.yaml`, `${name}.yml`].find((each) => existsSync(each)) ?? `${name}.yaml`;
  const content = parse(readFileSync(join(process.cwd(), file), "utf8")) as {
    readonly config?: Readonly<Record<string, unknown>>;
  } | null;
  return content?.config ?? {};
}
