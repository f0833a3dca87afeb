import assert from "node:assert/strict";

import { apiTable } from "../../policies/api-table";
import { PATTERN_SAMPLES } from "../../tools/generate/api-constraints/pattern-samples";
import { expressionOf } from "../../tools/generate/api-constraints/patterns";

describe("The table of AWS's API models", () => {
  for (const [pattern, { takes, refuses }] of Object.entries(PATTERN_SAMPLES)) {
    it(`accepts and refuses the same as AWS: ${pattern}`, () => {
      const expression = new RegExp(expressionOf(pattern), "u");
      assert.ok(
        takes.length > 0 && refuses.length > 0,
        "a pattern counts once samples of both kinds were tried",
      );
      for (const sample of takes) assert.match(sample, expression);
      for (const sample of refuses) assert.doesNotMatch(sample, expression);
    });
  }

  it("contains only tested patterns", () => {
    const tried = Object.keys(PATTERN_SAMPLES).map(expressionOf);
    assert.deepEqual(
      apiTable().patterns.filter((pattern) => !tried.includes(pattern)),
      [],
    );
    assert.deepEqual(
      tried.filter((pattern) => !apiTable().patterns.includes(pattern)),
      [],
    );
  });
});
