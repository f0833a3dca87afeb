import assert from "node:assert/strict";

import { oncePerObject } from "../../policies/once";

describe("oncePerObject", () => {
  it("computes the answer once for each object", () => {
    const asked: object[] = [];
    const answer = oncePerObject((object: { readonly answer: string | undefined }) => {
      asked.push(object);
      return object.answer;
    });
    const [one, other] = [{ answer: "one" }, { answer: undefined }];
    assert.deepEqual([one, other, one, other].map(answer), ["one", undefined, "one", undefined]);
    assert.deepEqual(asked, [one, other]);
  });
});
