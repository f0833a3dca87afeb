import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";

import { plansOfEngine, RECORDED, recordedPlans } from "../support/plan-table";
import { itWith } from "../support/programs";

// RECORD=1 records the plans again, for new rows.
describe("The recorded plans", () => {
  itWith(["pulumi"], "match the true engine's", async () => {
    const plans = await plansOfEngine();
    if (process.env["RECORD"] === "1") writeFileSync(RECORDED, `${JSON.stringify(plans, null, 2)}\n`);
    assert.deepEqual(plans, recordedPlans());
  }).timeout(400_000);
});
