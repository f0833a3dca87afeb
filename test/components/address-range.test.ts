import assert from "node:assert/strict";

import { includes, isPublic, overlap, parseRange } from "../../components/network/address-range";

describe("parseRange", () => {
  it("reads IPv4 and IPv6 ranges, with their first and last addresses", () => {
    const [four, six] = ["203.0.113.0/24", "2001:db8::/32"];
    const first = 0xcb_00_71_00n;
    assert.deepEqual(parseRange(four), {
      text: four,
      version: "IPV4",
      prefix: 24,
      first,
      last: first + 255n,
    });
    const start = 0x2001_0db8n << 96n;
    assert.deepEqual(parseRange(six), {
      text: six,
      version: "IPV6",
      prefix: 32,
      first: start,
      last: start + 2n ** 96n - 1n,
    });
  });

  for (const text of [
    "203.0.113.1/24",
    "2001:db8::1/32",
    "2001:DB8::/32",
    "2001:db8:0::/48",
    "203.0.113.0",
  ]) {
    it(`rejects ${text}, which AWS would change or refuse`, () => {
      assert.equal(parseRange(text), undefined);
    });
  }
});

describe("isPublic", () => {
  const range = (text: string) => parseRange(text) ?? assert.fail(text);

  it("is true for addresses that are routed on the internet", () => {
    for (const text of ["203.0.113.0/24", "0.0.0.0/0", "2001:db8::/32"])
      assert.ok(isPublic(range(text)), text);
    for (const text of ["10.0.0.0/8", "127.0.0.1/32", "100.64.0.0/10", "169.254.0.0/24", "224.0.0.0/4"])
      assert.ok(!isPublic(range(text)), text);
    for (const text of ["fd00::/8", "::1/128", "::/0"]) assert.ok(!isPublic(range(text)), text);
  });
});

describe("two ranges", () => {
  const range = (text: string) => parseRange(text) ?? assert.fail(text);
  const one = "203.0.113.64/26";

  it("overlap if an address is in both, in either order", () => {
    for (const other of [one, "203.0.113.0/24", "203.0.113.127/32", "203.0.113.64/32", "0.0.0.0/0"]) {
      assert.ok(overlap(range(one), range(other)), other);
      assert.ok(overlap(range(other), range(one)), other);
    }
    // ::203.0.113.64 has the same number as the address of IPv4.
    for (const other of ["203.0.113.0/26", "203.0.113.128/26", "::cb00:7140/122"]) {
      assert.ok(!overlap(range(one), range(other)), other);
      assert.ok(!overlap(range(other), range(one)), other);
    }
  });

  it("include each other if one is entirely in the other", () => {
    for (const outer of [one, "203.0.113.0/24", "203.0.113.0/25", "0.0.0.0/0"])
      assert.ok(includes(range(outer), range(one)), outer);
    for (const outer of ["203.0.113.64/27", "203.0.113.96/27", "203.0.113.128/25", "::/0"])
      assert.ok(!includes(range(outer), range(one)), outer);
  });
});
