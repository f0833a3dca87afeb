import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PLAN_ROWS } from "../support/plan-rows";
import { fixture, pack, rehearseWarm, ROOT } from "../support/rehearse";
import { plansOfRehearsal, type PlanTable, recordedPlans } from "../support/plan-table";

describe("rehearse --against, of a stack whose resources have options, plans the same as Pulumi", () => {
  const recorded = recordedPlans();
  let found: PlanTable;
  before(async () => (found = await plansOfRehearsal()));
  for (const { name } of PLAN_ROWS) {
    it(name, () => assert.deepEqual(found[name], recorded[name]));
  }
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
