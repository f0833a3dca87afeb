import assert from "node:assert/strict";

import { colourName, COLOURS, otherColour } from "../../components/colours";

describe("the colours of a store", () => {
  it("have names of their own, of which blue's is the store's", () => {
    assert.deepEqual(
      COLOURS.map((colour) => colourName("shop", colour)),
      ["shop", "shop-green"],
    );
  });

  it("are each the other's other", () => {
    assert.deepEqual(COLOURS.map(otherColour), ["green", "blue"]);
  });
});
