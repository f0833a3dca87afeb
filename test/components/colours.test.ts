import assert from "node:assert/strict";

import { colourName, COLOURS, otherColour } from "../../components/colours";

describe("the colours of a release", () => {
  it("have different names, and blue's name is the store's", () => {
    assert.deepEqual(
      COLOURS.map((colour) => colourName("shop", colour)),
      ["shop", "shop-green"],
    );
  });

  it("are each the opposite of the other", () => {
    assert.deepEqual(COLOURS.map(otherColour), ["green", "blue"]);
  });
});
