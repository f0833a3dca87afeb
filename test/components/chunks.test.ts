import assert from "node:assert/strict";

import { chunks } from "../../components/chunks";

describe("chunks", () => {
  it("contain every element once, in order, and only the last chunk is smaller", () => {
    assert.deepEqual(chunks([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
    assert.deepEqual(chunks([1, 2, 3, 4], 2), [
      [1, 2],
      [3, 4],
    ]);
    assert.deepEqual(chunks([], 2), []);
  });
});
