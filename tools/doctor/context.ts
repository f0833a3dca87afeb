import { readFileSync } from "node:fs";
import { join } from "node:path";

import { CliError } from "../cli/command";
import { configOf } from "../cli/stacks";
import type { Context } from "./check";

/**
 * Reads the input of the checks: the stack's file, and the pinned versions of the repository.
 */
export function readContext(stack: string, resolver: string | undefined): Context {
  return {
    stack,
    resolver,
    config: configOf(stack),
    pinnedPulumi: read(".github/pulumi-version").trim(),
    leastNode: leastNode(),
  };
}

function read(file: string): string {
  try {
    return readFileSync(join(process.cwd(), file), "utf8");
  } catch {
    throw new CliError(`there is no ${file} in ${process.cwd()}: run it with npm, in this repository`);
  }
}

function leastNode(): string {
  const { engines } = JSON.parse(read("package.json")) as { readonly engines: { readonly node: string } };
  return engines.node.replace(">=", "");
}
