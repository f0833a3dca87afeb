/**
 * Prints the resources of this checkout's programs and its pack's findings as JSON: by program, each resource with its
 * inputs and dependencies, and each finding. `main.ts` compares two of these.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type { JsonStack } from "../../packages/rehearse/report/json";
import { programsOf } from "../../bench/policies/corpus";
import { rehearseBootstrap } from "../support/bootstrap";
import { rehearseWarm, ROOT } from "../support/rehearse";

/** The resources and findings of each program, each a line of JSON by its URN. */
export type Snapshot = Readonly<Record<string, Readonly<Record<string, string>>>>;

const PACK = ["--policy-pack", join(ROOT, "policies"), "--json"];
const CORPUS = join(ROOT, "corpus");

/** Rehearses with a command line; an outcome without a plan is a fault of this project. */
async function rehearsed(args: readonly string[]): Promise<JsonStack> {
  const { stdout, stderr } = await rehearseWarm([...args, ...PACK]);
  if (stdout === "") throw new Error(`${args.join(" ")}\n${stderr}`);
  const { stacks } = JSON.parse(stdout) as { stacks: [JsonStack] };
  return stacks[0];
}

function linesOf({ resources, findings }: JsonStack): Record<string, string> {
  const lines: Record<string, string> = {};
  for (const { urn, outputs: _, ...resource } of resources) lines[urn] = JSON.stringify(resource);
  for (const { urn, policy, level, message } of findings) lines[`${policy} of ${urn}: ${message}`] = level;
  return lines;
}

async function snapshot(): Promise<Snapshot> {
  const programs: Record<string, Record<string, string>> = {};
  const stackFiles = readdirSync(ROOT).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
  const examples = readdirSync(join(ROOT, "examples")).filter((name) => name.endsWith(".yaml"));
  for (const file of [...stackFiles, ...examples.map((name) => join("examples", name))]) {
    const stack = await rehearsed(["--config-file", join(ROOT, file), "--mode", "up"]);
    programs[file] = linesOf(stack);
  }
  programs["bootstrap"] = linesOf((await rehearseBootstrap()).graph("up").stack);
  // At a commit without a corpus, all of it is new.
  for (const { name, expected } of existsSync(CORPUS) ? programsOf(CORPUS) : []) {
    const stack = await rehearsed([
      name,
      "--program",
      CORPUS,
      "--config-file",
      join(CORPUS, "stack.yaml"),
      ...(expected?.config === undefined ? [] : ["--policy-pack-config", join(ROOT, expected.config)]),
    ]);
    programs[`corpus: ${name}`] = linesOf({ ...stack, resources: [] });
  }
  return programs;
}

void snapshot().then((programs) => {
  process.stdout.write(JSON.stringify(programs));
});
