import assert from "node:assert/strict";

import { faultOf, mutate } from "../../bench/figures/bad-input/programs";
import { stackFileTexts } from "../../bench/figures/bad-input/stack-file-texts";
import { exponent, slope } from "../../bench/figures/run";
import { isPermissive } from "../../bench/figures/supply-chain/licences";
import { random } from "../../bench/policies/faults/fault";

describe("The measuring tools of the figures", () => {
  it("generate the same stack files from the same seed, of each kind", () => {
    const files = stackFileTexts(60, 5);
    assert.deepEqual(files, stackFileTexts(60, 5));
    assert.deepEqual([...new Set(files.map(({ kind }) => kind))].sort(), [
      "hostile",
      "nearly valid",
      "valid",
    ]);
  });

  it("change a program in one place, and report where", () => {
    const draw = random(3);
    const source = 'const a = new aws.s3.Bucket("a", { bucket: "b" });\n';
    for (let time = 0; time < 50; time++) {
      const { change, text } = mutate(source, draw);
      assert.ok(change !== "" && text !== source, change);
    }
  });

  it("distinguish our stack traces, a hang and silence from an error message", () => {
    const outcome = {
      program: "",
      change: "",
      status: 3,
      seconds: 1,
      output: "error: it is wrong",
      resources: [],
    };
    assert.equal(faultOf(outcome), undefined);
    const trace = "error: x\n    at run (/a/packages/rehearse/main.ts:1:2)";
    assert.equal(faultOf({ ...outcome, output: trace }), "a stack trace of the rehearsal");
    assert.equal(faultOf({ ...outcome, output: "" }), "it failed without a message");
    assert.equal(faultOf({ ...outcome, seconds: 100 }), "it hung for 100 s");
    assert.equal(faultOf({ ...outcome, status: 139 }), "it ended with status 139");
  });

  it("determine how a cost grows", () => {
    assert.equal(
      slope([
        [1, 3],
        [2, 5],
        [3, 7],
      ]),
      2,
    );
    assert.ok(
      Math.abs(
        exponent([
          [10, 5],
          [100, 500],
        ]) - 2,
      ) < 1e-9,
    );
  });

  it("recognize permissive licenses, including alternatives", () => {
    assert.ok(isPermissive("MIT") && isPermissive("(GPL-3.0 OR Apache-2.0)"));
    assert.ok(!isPermissive("EPL-2.0") && !isPermissive("unknown"));
    // Both licences of an expression with AND count.
    assert.ok(isPermissive("MIT AND (CC0-1.0 OR GPL-2.0)") && !isPermissive("MIT AND CC-BY-3.0"));
  });
});
