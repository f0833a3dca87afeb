import assert from "node:assert/strict";

import { coversAll, covers, overlaps, overlapsAny } from "../../../stacks/routes/patterns";

describe("patterns of hosts and paths", () => {
  it("overlap where one text matches both", () => {
    for (const [one, other] of [
      ["/cart", "/cart"],
      ["", ""],
      ["*", ""],
      ["*", "*"],
      ["/c*", "*t"],
      ["/a?", "/ab"],
      ["/a?c", "/?bc"],
      ["*.example.com", "shop.*"],
      ["/a*b*c", "/a?bc"],
      ["/a*/b", "/a/*"],
      ["?*", "a"],
    ] as [string, string][]) {
      assert.ok(overlaps(one, other), `${one} ${other}`);
      assert.ok(overlaps(other, one), `${other} ${one}`);
    }
  });

  it("don't overlap otherwise", () => {
    for (const [one, other] of [
      ["/cart", "/card"],
      ["/cart", "/carts"],
      ["", "a"],
      ["?", ""],
      ["/a?", "/a"],
      ["*a", "*b"],
      ["/a*", "/b*"],
      ["/a*b", "/a*c"],
      ["??*", "a"],
      ["*.example.com", "example.com"],
    ] as [string, string][]) {
      assert.ok(!overlaps(one, other), `${one} ${other}`);
      assert.ok(!overlaps(other, one), `${other} ${one}`);
    }
  });

  it("overlap in lists by any of each, and no patterns match everything", () => {
    assert.ok(overlapsAny(["/a", "/b"], ["/c", "/b"]));
    assert.ok(!overlapsAny(["/a", "/b"], ["/c", "/d"]));
    assert.ok(overlapsAny([], ["/a"]));
    assert.ok(overlapsAny(["/a"], []));
  });

  it("cover each other where all that matches one matches the other", () => {
    for (const [outer, inner] of [
      ["*", "/a"],
      ["*", "*"],
      ["*", "?"],
      ["/a*", "/a"],
      ["/a*", "/a?b*"],
      ["/?", "/a"],
      ["/?", "/?"],
      ["/a**", "/a*"],
      ["*b", "*ab"],
      ["", ""],
    ] as [string, string][])
      assert.ok(covers(outer, inner), `${outer} ${inner}`);
    for (const [outer, inner] of [
      ["/a", "*"],
      ["/?", "/*"],
      ["/?", "/"],
      ["/a*", "/"],
      ["/a*", "*"],
      ["/a", "/?"],
      ["/a", "/ab"],
      ["/ab", "/a"],
      ["", "a"],
    ] as [string, string][])
      assert.ok(!covers(outer, inner), `${outer} ${inner}`);
  });

  it("cover lists where each of the inner ones is covered by one, and no patterns only by none", () => {
    assert.ok(coversAll(["/a*", "/b"], ["/ab", "/b"]));
    assert.ok(!coversAll(["/a*", "/b"], ["/ab", "/c"]));
    assert.ok(coversAll([], []));
    assert.ok(coversAll([], ["/a"]));
    assert.ok(!coversAll(["*"], []));
  });
});
