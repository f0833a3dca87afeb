import assert from "node:assert/strict";

import { chunks } from "../../components/chunks";

describe("chunks", () => {
  it("has every element once, in order, and only the last part smaller", () => {
    assert.deepEqual(chunks([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
    assert.deepEqual(chunks([1, 2, 3, 4], 2), [
      [1, 2],
      [3, 4],
    ]);
    assert.deepEqual(chunks([], 2), []);
  });
});
