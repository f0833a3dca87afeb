import assert from "node:assert/strict";
import fc from "fast-check";
import { BITS } from "../../../../policies/cidr";
import { isTheWorld, publicAddresses } from "../../../../policies/rules/exposure/cidr";
import { addressText, parsed } from "../../../support/cidr";

const WIDEST = { ipv4: 8, ipv6: 16 };

/** Splits a block into halves, some of those into halves, and so on. */
const cut = (cidr: string, v: 4 | 6): fc.Arbitrary<string[]> =>
  fc.array(fc.nat(), { maxLength: 40 }).map((picks) => {
    const [network = "", length = ""] = cidr.split("/");
    const blocks = [{ first: parsed(`${network}/${BITS[v]}`).first, prefix: Number(length) }];
    for (const pick of picks) {
      const [one] = blocks.splice(pick % blocks.length, 1);
      if (one!.prefix === BITS[v]) continue;
      const prefix = one!.prefix + 1;
      blocks.push({ first: one!.first, prefix });
      blocks.push({ first: one!.first + (1n << BigInt(BITS[v] - prefix)), prefix });
    }
    return blocks.map(({ first, prefix }) => `${addressText(first, v)}/${prefix}`);
  });

describe("isTheWorld", () => {
  it("returns the same for a block and for the parts of it", () => {
    const whole = fc.constantFrom(
      ...(["0.0.0.0/0", "8.0.0.0/7", "8.0.0.0/8", "10.0.0.0/7", "172.0.0.0/7", "192.0.0.0/8"] as const).map(
        (cidr) => [cidr, 4] as const,
      ),
      ...(["::/0", "2000::/15", "2000::/16", "fc00::/7"] as const).map((cidr) => [cidr, 6] as const),
    );
    const cases = whole.chain(([cidr, v]) =>
      fc.record({ cidr: fc.constant(cidr), version: fc.constant(v), parts: cut(cidr, v) }),
    );
    fc.assert(
      fc.property(cases, ({ cidr, version, parts }) => {
        const ranges = parts.map(parsed);
        const one = [parsed(cidr)];
        assert.equal(publicAddresses(ranges, version), publicAddresses(one, version));
        assert.equal(isTheWorld(ranges, WIDEST), isTheWorld(one, WIDEST));
        // Repeated ranges and ranges inside others: no address counts twice.
        assert.equal(publicAddresses([...ranges, ...one, ...ranges], version), publicAddresses(one, version));
      }),
    );
  });

  for (const [is, ...cidrs] of [
    [true, "0.0.0.0/0"],
    [true, "::/0"],
    [true, "0.0.0.0/1", "128.0.0.0/1"],
    [true, "0.0.0.0/1"],
    [true, "8.0.0.0/7"],
    [true, "2000::/3"],
    [true, "2000::/15"],
    [true, "1.0.0.0/8", "2.0.0.0/32"],
    [false, "8.0.0.0/8"],
    [false, "8.0.0.0/8", "8.255.255.255/32", "8.0.0.0/32"],
    [true, "8.0.0.0/7", "8.0.0.0/16"],
    [true, "9.0.0.0/16", "10.0.0.0/8", "8.0.0.0/8"],
    [false, "203.0.113.0/24", "198.51.100.7/32"],
    [false, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
    [false, "fc00::/7", "fe80::/10"],
    [false, "2600::/16"],
    [false, "2001:db8::/32", "10.0.0.0/8", "8.0.0.0/9"],
  ] as const) {
    it(`returns ${is} for ${cidrs.join(" and ")}`, () =>
      assert.equal(isTheWorld(cidrs.map(parsed), WIDEST), is));
  }

  it("counts single public addresses, but no address of a private network", () => {
    const counted = ["10.0.0.1/32", "8.8.8.8/32", "9.9.9.9/32"].map(parsed);
    assert.equal(publicAddresses(counted, 4), 2n);
  });

  it("applies the widest prefix of either IP version", () => {
    const lengths = fc.record({
      prefix: fc.integer({ min: 3, max: 32 }),
      widest: fc.integer({ min: 1, max: 32 }),
    });
    fc.assert(
      fc.property(lengths, ({ prefix, widest }) => {
        const limits = { ipv4: widest, ipv6: widest };
        assert.equal(isTheWorld([parsed(`32.0.0.0/${prefix}`)], limits), prefix < widest);
        assert.equal(isTheWorld([parsed(`2000::/${prefix}`)], limits), prefix < widest);
      }),
    );
  });
});
