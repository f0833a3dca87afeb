import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";

import { CliError } from "../cli/command";
import type { Context } from "./checks";

const ROOT = join(__dirname, "..", "..");

/**
 * What the checks start from: the stack's file, and what the repository pins.
 *
 * @throws CliError if there is no such file
 */
export function readContext(stack: string, resolver: string | undefined): Context {
  const name = `Pulumi.${basename(stack)}.yaml`;
  return {
    stack,
    resolver,
    config: (parse(read(name)) as { readonly config?: Context["config"] } | null)?.config ?? {},
    pinnedPulumi: read(".github/pulumi-version").trim(),
    leastNode: leastNode(),
  };
}

function read(file: string): string {
  try {
    return readFileSync(join(ROOT, file), "utf8");
  } catch {
    throw new CliError(`there is no ${file}: name a stack that has one, or write it`);
  }
}

function leastNode(): string {
  const { engines } = JSON.parse(read("package.json")) as { readonly engines: { readonly node: string } };
  return engines.node.replace(">=", "");
}
