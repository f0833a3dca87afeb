import assert from "node:assert/strict";
import { join } from "node:path";

import { programsOf } from "../../bench/policies/corpus";
import type { JsonStack } from "../../packages/rehearse/report/json";
import { rehearseWarm, ROOT } from "../support/rehearse";

const CORPUS = join(ROOT, "corpus");
const PROGRAMS = programsOf(CORPUS);
/** Number of programs that are rehearsed in parallel. */
const AT_ONCE = 24;

/** Rehearses programs, a few in parallel, and returns each outcome by name. */
async function rehearseAll(
  names: readonly string[],
  stackFile: string,
  packConfig?: string,
): Promise<Map<string, JsonStack>> {
  const outcomes = new Map<string, JsonStack>();
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const some = names.slice(at, at + AT_ONCE);
    const configFiles = some.flatMap(() => ["--config-file", join(CORPUS, stackFile)]);
    const run = await rehearseWarm([
      "--program",
      CORPUS,
      "--policy-pack",
      join(ROOT, "policies"),
      "--json",
      ...(packConfig === undefined ? [] : ["--policy-pack-config", join(ROOT, packConfig)]),
      ...configFiles,
      ...some,
    ]);
    // With any other status than "clean" and "refused", a program or the pack failed, and the findings are no verdict.
    assert.ok(run.status === 0 || run.status === 1, run.stderr);
    const { stacks } = JSON.parse(run.stdout) as { stacks: JsonStack[] };
    for (const stack of stacks) outcomes.set(stack.stack, stack);
  }
  return outcomes;
}

describe("An attack", () => {
  const attacks = PROGRAMS.flatMap(({ name, expected }) => (expected ? [{ name, ...expected }] : []));
  const outcomes = new Map<string, JsonStack>();
  const twins = new Map<string, JsonStack>();
  before(async function () {
    this.timeout(900_000);
    for (const config of new Set(attacks.map((attack) => attack.config))) {
      const names = attacks.filter((attack) => attack.config === config).map(({ name }) => name);
      for (const [name, outcome] of await rehearseAll(names, "stack.yaml", config))
        outcomes.set(name, outcome);
      for (const [name, outcome] of await rehearseAll(names, "mended.yaml", config)) twins.set(name, outcome);
    }
  });

  for (const { name, rule, says, level = "mandatory", also = [] } of attacks) {
    it(`is ${level === "mandatory" ? "refused" : "advised against"} by ${rule}: ${name}`, () => {
      const all = outcomes.get(name)?.findings ?? [];
      const findings = all.filter((finding) => finding.level === "mandatory");
      const own = all.filter((finding) => finding.policy === rule && finding.level === level);
      const found = [...findings, ...own].map(({ policy, message }) => `${policy}: ${message}`).join("\n\n");
      assert.ok(own.length > 0, found || "nothing was found");
      assert.ok(
        own.some(({ message }) => says.test(message)),
        found,
      );
      const refusing = new Set(findings.map(({ policy }) => policy));
      assert.deepEqual(refusing, new Set([...(level === "mandatory" ? [rule] : []), ...also]), found);
    });

    it(`passes without its defect: ${name}`, () => {
      const findings = twins.get(name)?.findings;
      const still = findings?.filter(
        (finding) => finding.level === "mandatory" || (finding.policy === rule && says.test(finding.message)),
      );
      assert.deepEqual(still, []);
    });
  }
});

describe("A compliant program", () => {
  const names = PROGRAMS.filter(({ kind }) => kind === "sound").map(({ name }) => name);
  let outcomes: Map<string, JsonStack>;
  before(async function () {
    this.timeout(900_000);
    outcomes = await rehearseAll(names, "stack.yaml");
  });

  for (const name of names) {
    it(`passes: ${name}`, () => {
      const findings = outcomes.get(name)?.findings.filter(({ level }) => level === "mandatory");
      assert.deepEqual(findings, []);
    });
  }
});
