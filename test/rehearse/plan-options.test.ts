import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { JsonStack } from "../../packages/rehearse/report/json";
import { PLAN_ROWS } from "../support/plan-rows";
import { fixture, pack, parsed, programOf, rehearseWarm, ROOT } from "../support/rehearse";
import { plansOfRehearsal, type PlanTable, recordedPlans } from "../support/plan-table";

describe("rehearse --against, of a stack whose resources have options, plans the same as Pulumi", () => {
  const recorded = recordedPlans();
  let found: PlanTable;
  before(async () => (found = await plansOfRehearsal()));
  for (const { name } of PLAN_ROWS) {
    it(name, () => assert.deepEqual(found[name], recorded[name]));
  }
});

describe("rehearse --against with a state that lacks an output", () => {
  const folder = mkdtempSync(join(tmpdir(), "lacking-"));
  const state = join(folder, "state.json");
  after(() => rmSync(folder, { recursive: true }));

  it("changes what uses that output, because it is unknown to the program", async () => {
    const source = 'const q = new aws.sqs.Queue("q"); new aws.sns.Topic("t", { displayName: q.arn });';
    const args = ["dev", "--program", programOf(source), "--policy-pack", pack("allows")];
    await rehearseWarm([...args, "--mode", "up", "--export", state]);
    const content = parsed<{ deployment: { resources: { type: string; outputs?: { arn?: string } }[] } }>(
      readFileSync(state, "utf8"),
    );
    for (const { type, outputs } of content.deployment.resources)
      if (type === "aws:sqs/queue:Queue") delete outputs?.arn;
    writeFileSync(state, JSON.stringify(content));
    const { stdout } = await rehearseWarm([...args, "--against", state, "--json"]);
    const { diff } = parsed<{ stacks: JsonStack[] }>(stdout).stacks[0] ?? assert.fail();
    const urn = "urn:pulumi:dev::shop::aws:sns/topic:Topic::t";
    assert.deepEqual(diff?.update, [{ urn, properties: ["displayName"] }]);
  });
});

describe("rehearse --against with a stack's own export finds no changes in", () => {
  const folder = mkdtempSync(join(tmpdir(), "unchanged-"));
  const state = join(folder, "state.json");
  after(() => rmSync(folder, { recursive: true }));

  for (const [title, program] of [
    ["the store", ROOT],
    ["a program with secrets", fixture("secrets")],
    ["a program with explicit providers", fixture("explicit-providers")],
    ["a program that reads existing resources", fixture("reads-what-exists")],
  ] as const) {
    it(title, async () => {
      const args = ["dev", "--program", program, "--policy-pack", pack("allows")];
      const up = await rehearseWarm([...args, "--mode", "up", "--export", state]);
      assert.equal(up.status, 0, up.stdout);
      const { stdout } = await rehearseWarm([...args, "--against", state]);
      assert.match(stdout, /\n {4}0 to create, 0 to change, 0 to replace, 0 to delete; [1-9]\d* unchanged\n/);
    });
  }
});
