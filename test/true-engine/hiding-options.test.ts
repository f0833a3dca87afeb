import assert from "node:assert/strict";
import { join } from "node:path";

import { HIDING_ROWS, programOfHiding, REPLACED_ROWS } from "../support/hiding-options";
import { itWith } from "../support/programs";
import { ROOT } from "../support/rehearse";
import { runTrueEngine } from "../support/true-engine";

// A program without a state behaves like any other program.
const ROWS = HIDING_ROWS.filter(({ before }) => before !== undefined);

describe("On the true engine, resource options don't hide a plain HTTP listener from the policies:", () => {
  for (const mode of ["preview", "up"] as const) {
    for (const row of ROWS) {
      const { name, before = "", after } = row;
      itWith(["pulumi"], `${name}, in ${mode}`, async () => {
        const former = programOfHiding(before);
        const run = await runTrueEngine({
          program: programOfHiding(after),
          programBefore: former,
          deployedBefore: join(former, "Pulumi.dev.yaml"),
          stack: "dev",
          mode,
          policyPacks: [join(ROOT, "policies")],
        });
        assert.notEqual(run.verdict, "clean");
        const refusing = run.findings
          .filter(({ level }) => level === "mandatory")
          .map(({ policy }) => policy);
        // The policies on resources see the former values.
        if (REPLACED_ROWS.includes(row)) {
          assert.ok(refusing.includes("tls-listeners-stack"));
          assert.ok(!refusing.includes("tls-listeners"));
        }
      }).timeout(400_000);
    }
  }
});
