/**
 * Seeds faults into the compliant resources of our own stacks and examples, one at a time, and runs the pack on them:
 * half of the faults come from the table of constraints, half from AWS's API models without the table.
 *
 * ```sh
 * npm run bench:faults -- [COUNT] [SEED]
 * ```
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { startPack } from "../../test/support/pack";
import { rehearseWarm, ROOT } from "../../test/support/rehearse";
import { findBotocore } from "../../tools/generate/api-constraints/models";
import { readSdk } from "../../tools/generate/api-constraints/sdk";
import type { JsonResource, JsonStack } from "../../packages/rehearse/report/json";
import { drawsFromModels } from "./faults/models";
import { type Fault, random } from "./faults/fault";
import { drawsFromTable } from "./faults/table";

/** The outcome for a fault. */
interface Outcome extends Fault {
  /** The rules that report it and do not report the compliant resource. */
  readonly caughtBy: readonly string[];
}

async function main(): Promise<void> {
  const [count = 100, seed = 1] = process.argv.slice(2).map(Number);
  const botocore = findBotocore();
  if (botocore === undefined) throw new Error("botocore is missing in .venv: install test/requirements.txt.");
  const resources = await soundResources();
  const draw = random(seed);
  const faults = [
    ...pick(drawsFromTable(resources, draw), Math.ceil(count / 2), draw),
    ...pick(drawsFromModels(resources, botocore, readSdk(), draw), Math.floor(count / 2), draw),
  ];
  const outcomes = await judged(faults);
  for (const { from, kind, path, resource, why, caughtBy } of outcomes) {
    const verdict = caughtBy.length > 0 ? `caught by ${caughtBy.join(", ")}` : `missed: ${why}`;
    console.log(`${from.padEnd(6)} ${kind.padEnd(8)} ${resource.type} ${path}: ${verdict}`);
  }
  for (const from of ["table", "models"] as const) {
    const some = outcomes.filter((outcome) => outcome.from === from);
    const caught = some.filter(({ caughtBy }) => caughtBy.length > 0);
    console.log(`from the ${from}: ${caught.length} of ${some.length} caught`);
  }
}

/** The AWS resources of dev, prod and the examples. */
async function soundResources(): Promise<JsonResource[]> {
  const examples = readdirSync(join(ROOT, "examples")).filter((file) => file.endsWith(".yaml"));
  const runs = [[], ...examples.map((file) => ["--config-file", join("examples", file)])];
  const found: JsonResource[] = [];
  for (const args of runs) {
    const { stderr, stdout } = await rehearseWarm([
      ...args,
      "--mode",
      "preview",
      "--json",
      "--timeout",
      "600",
    ]);
    if (stdout === "") throw new Error(stderr);
    const { stacks } = JSON.parse(stdout) as { stacks: JsonStack[] };
    found.push(...stacks.flatMap((stack) => stack.resources));
  }
  return found.filter(({ type }) => type.startsWith("aws:"));
}

/** Draws without replacement, and each property of a type only once. */
function pick(faults: readonly Fault[], count: number, draw: () => number): Fault[] {
  const left = [...faults];
  const picked = new Map<string, Fault>();
  while (left.length > 0 && picked.size < count) {
    const [fault] = left.splice(Math.floor(draw() * left.length), 1);
    const key = `${fault!.resource.type} ${fault!.path.replace(/\[\d+\]/g, "")} ${fault!.kind}`;
    if (!picked.has(key)) picked.set(key, fault!);
  }
  return [...picked.values()];
}

async function judged(faults: readonly Fault[]): Promise<Outcome[]> {
  process.env["PACK_IN_PROCESS"] = "1";
  const pack = await startPack({ directory: "policies" });
  const outcomes: Outcome[] = [];
  for (const fault of faults) {
    const { inputs, name, type } = fault.resource;
    const before = await pack.analyze({ type, name, props: inputs });
    const after = await pack.analyze({ type, name, props: fault.inputs });
    const known = new Set(before.findings.map(({ message }) => message));
    const found = after.findings.filter(({ message }) => !known.has(message));
    outcomes.push({ ...fault, caughtBy: [...new Set(found.map(({ policy }) => policy))] });
  }
  await pack.stop();
  return outcomes;
}

void main();
