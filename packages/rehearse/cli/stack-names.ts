import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { whatThereIs } from "./nearest";

const STACK_FILE = /^Pulumi\.(.+)\.ya?ml$/;

/** The short name of a stack: the last part of `organisation/project/stack`. */
export const nameOf = (stack: string): string => stack.split("/").at(-1) ?? stack;

/** The stacks that have a file in a folder, in alphabetical order; none if there is no such folder. */
export function stacksIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => STACK_FILE.exec(file)?.[1] ?? [])
    .sort();
}

/**
 * The fault of a stack's name if no stack file in the folder has it; undefined if one does.
 *
 * @param stack - as for the CLI, with or without organisation and project
 */
export function unknownStack(folder: string, stack: string): string | undefined {
  const stacks = stacksIn(folder);
  const name = nameOf(stack);
  if (stacks.includes(name)) return undefined;
  const file = join(folder, `Pulumi.${name}.yaml`);
  return `there is no stack "${name}": ${file} doesn't exist; ${whatThereIs(name, "stacks", stacks)} To create it, add its file and run pulumi stack init ${name}`;
}
