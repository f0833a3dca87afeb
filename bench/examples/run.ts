/**
 * Rehearses each example in the installed SDK's documentation, which others wrote. Collects the findings of our pack and
 * of our provider's checks that say that AWS or its provider refuses an example, and compares them with our judgements.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { JsonStack } from "../../packages/rehearse/report/json";
import { CATALOG } from "../../policies/catalog";
import { rehearseHere, ROOT } from "../../test/support/rehearse";
import { WARM } from "../../test/support/warm-host";
import { documentedExamples, type Example } from "./list";

/** The reason why AWS refuses examples. */
interface Judgement {
  readonly why: string;
  readonly examples: readonly string[];
}

const REFUSED_BY_AWS = new Set(CATALOG.filter(({ area }) => area === "refused-by-aws").map(({ id }) => id));

/** The program of a stack: an example, with an unknown value for each name that the example leaves undefined. */
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";
const { absent, failed } = globalThis;
const left = () =>
  new pulumi.Output(new Set(), Promise.resolve(unknown), Promise.resolve(false), Promise.resolve(false), Promise.resolve(new Set()));
for (const name of absent) globalThis[name] = left();
try {
  require("./programs/" + pulumi.getStack());
} catch (error) {
  failed.push(error);
  throw error;
} finally {
  for (const name of absent) delete globalThis[name];
}
`;

/** The values that the program above shares with this one, because it runs in this process. */
const shared = globalThis as unknown as { absent: string[]; failed: unknown[] };

/** The refusals of an example; undefined if the example doesn't run. */
async function refusedOf({ name }: Example, folder: string): Promise<string[] | undefined> {
  shared.absent = [];
  for (;;) {
    shared.failed = [];
    const { status, stdout, stderr } = await rehearseHere(
      [
        "--program",
        folder,
        "--policy-pack",
        join(ROOT, "policies"),
        "--json",
        "--config-file",
        join(folder, "stack.yaml"),
        name,
        // Values that are left out are unknown, as in previews.
        "--mode",
        shared.absent.length > 0 ? "preview" : "up",
      ],
      WARM,
    );
    if (status !== 3) {
      const { stacks } = JSON.parse(stdout) as { readonly stacks: readonly JsonStack[] };
      return stacks.flatMap(({ findings }) =>
        findings
          .filter(({ policy, level }) => level === "mandatory" && REFUSED_BY_AWS.has(policy))
          .map(({ policy, message }) => `${policy}: ${message.split("\n")[1]}`),
      );
    }
    const [error] = shared.failed;
    const problems = stderr.split("\n").filter((line) => line.includes("has a problem"));
    if (problems.length > 0) return problems;
    const [, absent] = /^(\w+) is not defined/.exec(error instanceof Error ? error.message : "") ?? [];
    if (absent === undefined || shared.absent.includes(absent)) return undefined;
    shared.absent.push(absent);
  }
}

async function main(): Promise<void> {
  const judged = JSON.parse(readFileSync(join(__dirname, "judgements.json"), "utf8")) as readonly Judgement[];
  const known = new Set(judged.flatMap(({ examples }) => examples));
  const [, , only = ""] = process.argv;
  const all = documentedExamples().filter(({ name }) => name.startsWith(only));
  const folder = mkdtempSync(join(tmpdir(), "examples-"));
  let [run, refused, wrong] = [0, 0, 0];
  try {
    mkdirSync(join(folder, "programs"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    const files = {
      "Pulumi.yaml":
        "name: examples\nruntime: { name: nodejs, options: { typescript: false } }\nmain: index.ts\n",
      "stack.yaml": "config:\n  aws:region: us-east-1\n",
      "package.json": '{ "name": "examples" }\n',
      "index.ts": PROGRAM,
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    for (const example of all) {
      writeFileSync(join(folder, "programs", `${example.name}.ts`), example.source);
      const faults = await refusedOf(example, folder);
      if (faults === undefined) continue;
      run++;
      if (faults.length > 0) refused++;
      if (faults.length > 0 === known.has(example.name)) continue;
      wrong++;
      console.log(
        [`${example.name}: ${faults.length > 0 ? "not judged" : "judged, and not refused"}`, ...faults].join(
          "\n  ",
        ),
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`${all.length} examples, ${run} run, ${refused} refused as AWS would, ${wrong} to judge`);
  process.exitCode = wrong > 0 ? 1 : 0;
}

// For programs whose look-ups have no answer, which the rehearsal has already reported.
process.on("unhandledRejection", () => undefined);
void main();
