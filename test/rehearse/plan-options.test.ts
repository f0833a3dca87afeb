import assert from "node:assert/strict";

import { PLAN_ROWS } from "../support/plan-rows";
import { plansOfRehearsal, type PlanTable, recordedPlans } from "../support/plan-table";

describe("rehearse --against, of a stack whose resources have options, plans what Pulumi plans", () => {
  const recorded = recordedPlans();
  let found: PlanTable;
  before(async () => (found = await plansOfRehearsal()));
  for (const { name } of PLAN_ROWS) {
    it(name, () => assert.deepEqual(found[name], recorded[name]));
  }
});
