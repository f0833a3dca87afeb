import assert from "node:assert/strict";

import { coversAll, covers, overlaps, overlapsAny } from "../../../stacks/routes/patterns";

describe("patterns of hosts and paths", () => {
  it("overlap if one text matches both", () => {
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

  it("do not overlap otherwise", () => {
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

  it("overlap in lists if any of them do, and an empty list matches everything", () => {
    assert.ok(overlapsAny(["/a", "/b"], ["/c", "/b"]));
    assert.ok(!overlapsAny(["/a", "/b"], ["/c", "/d"]));
    assert.ok(overlapsAny([], ["/a"]));
    assert.ok(overlapsAny(["/a"], []));
  });

  it("cover each other if one matches all that the other matches", () => {
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

  it("cover lists if each inner pattern is covered by one, and an empty list is covered only by an empty list", () => {
    assert.ok(coversAll(["/a*", "/b"], ["/ab", "/b"]));
    assert.ok(!coversAll(["/a*", "/b"], ["/ab", "/c"]));
    assert.ok(coversAll([], []));
    assert.ok(coversAll([], ["/a"]));
    assert.ok(!coversAll(["*"], []));
  });
});
