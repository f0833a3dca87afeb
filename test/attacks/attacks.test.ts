import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

import type { JsonStack } from "../../packages/rehearse/report/json";
import { rehearseWarm, ROOT } from "../support/rehearse";
import { ATTACKS } from "./expected";

const PROGRAM = join(ROOT, "test", "attacks");
/** Programs that are rehearsed at the same time. */
const AT_ONCE = 4;

const namesIn = (folder: string): string[] =>
  readdirSync(join(PROGRAM, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"));

/** Rehearses programs, a few at a time, and gives the outcome of each by name. */
async function rehearseAll(names: readonly string[], packConfig?: string): Promise<Map<string, JsonStack>> {
  const outcomes = new Map<string, JsonStack>();
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const some = names.slice(at, at + AT_ONCE);
    const configFiles = some.flatMap(() => ["--config-file", join(PROGRAM, "stack.yaml")]);
    const run = await rehearseWarm([
      ...["--program", PROGRAM, "--policy-pack", join(ROOT, "policies"), "--json"],
      ...(packConfig === undefined ? [] : ["--policy-pack-config", join(ROOT, packConfig)]),
      ...configFiles,
      ...some,
    ]);
    // Anything but "clean" and "refused" means that a program or the pack failed, and what it found is no verdict.
    assert.ok(run.status === 0 || run.status === 1, run.stderr);
    const { stacks } = JSON.parse(run.stdout) as { stacks: JsonStack[] };
    for (const stack of stacks) outcomes.set(stack.stack, stack);
  }
  return outcomes;
}

describe("An attack", () => {
  const names = namesIn("programs");
  const outcomes = new Map<string, JsonStack>();
  before(async function () {
    this.timeout(900_000);
    for (const config of new Set(Object.values(ATTACKS).map((expected) => expected.config))) {
      const some = names.filter((name) => ATTACKS[name] !== undefined && ATTACKS[name].config === config);
      for (const [name, outcome] of await rehearseAll(some, config)) outcomes.set(name, outcome);
    }
  });

  it("is expected to be refused by a rule, each one of them", () => {
    assert.deepEqual(names.sort(), Object.keys(ATTACKS).sort());
  });

  for (const [name, { rule, says, level, also = [] }] of Object.entries(ATTACKS)) {
    it(`is ${level === undefined ? "refused" : "advised against"} by ${rule}: ${name}`, () => {
      const all = outcomes.get(name)?.findings ?? [];
      const findings = all.filter((finding) => finding.level === "mandatory");
      const own = all.filter(
        (finding) => finding.policy === rule && finding.level === (level ?? "mandatory"),
      );
      const found = [...findings, ...own].map(({ policy, message }) => `${policy}: ${message}`).join("\n\n");
      assert.ok(own.length > 0, found || "nothing was found");
      assert.ok(
        own.some(({ message }) => says.test(message)),
        found,
      );
      const refusing = new Set(findings.map(({ policy }) => policy));
      assert.deepEqual(refusing, new Set([...(level === undefined ? [rule] : []), ...also]), found);
    });
  }
});

describe("A compliant program", () => {
  const names = namesIn("sound");
  let outcomes: Map<string, JsonStack>;
  before(async function () {
    this.timeout(900_000);
    outcomes = await rehearseAll(names);
  });

  for (const name of names) {
    it(`passes: ${name}`, () => {
      const findings = outcomes.get(name)?.findings.filter(({ level }) => level === "mandatory");
      assert.deepEqual(findings, []);
    });
  }
});
