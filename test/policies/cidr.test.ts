import assert from "node:assert/strict";
import { BlockList } from "node:net";
import fc from "fast-check";
import { BITS, parseCidr } from "../../policies/cidr";
import { addressText, parsed } from "../support/cidr";

const version = fc.constantFrom(4 as const, 6 as const);
const block = version.chain((v) =>
  fc.record({
    version: fc.constant(v),
    address: fc.bigInt(0n, (1n << BigInt(BITS[v])) - 1n),
    prefix: fc.integer({ min: 0, max: BITS[v] }),
  }),
);

describe("parseCidr", () => {
  it("contains the addresses that Node's own block list finds in a block", () => {
    fc.assert(
      fc.property(block, fc.bigInt(0n, (1n << 128n) - 1n), ({ version, address, prefix }, other) => {
        const range = parsed(`${addressText(address, version)}/${prefix}`);
        const list = new BlockList();
        const family = version === 4 ? "ipv4" : "ipv6";
        list.addSubnet(addressText(address, version), prefix, family);
        const last = (1n << BigInt(BITS[version])) - 1n;
        for (const probe of [other & last, range.first, range.last, range.first - 1n, range.last + 1n]) {
          if (probe < 0n || probe > last) continue;
          const isIn = probe >= range.first && probe <= range.last;
          assert.equal(isIn, list.check(addressText(probe, version), family), addressText(probe, version));
        }
      }),
    );
  });

  for (const [short, long] of [
    ["::/0", "0:0:0:0:0:0:0:0/0"],
    ["0::0/0", "::/0"],
    ["2001:db8::/32", "2001:db8:0:0:0:0:0:0/32"],
    ["2001:DB8::1/128", "2001:0db8:0:0:0:0:0:1/128"],
    ["::1/128", "0:0:0:0:0:0:0:1/128"],
    ["1:2:3:4:5:6:7::/128", "1:2:3:4:5:6:7:0/128"],
    ["::ffff:1.2.3.4/128", "::ffff:102:304/128"],
    ["1.2.3.4/0", "0.0.0.0/0"],
    ["0.0.0.0/00", "0.0.0.0/0"],
  ] as const) {
    it(`reads ${short} as ${long}`, () => assert.deepEqual(parsed(short), parsed(long)));
  }

  for (const odd of [
    "",
    "/",
    "/0",
    "0/0",
    "0.0.0.0",
    "1.2.3/8",
    "1.2.3.4.5/8",
    "256.0.0.0/8",
    "01.2.3.4/8",
    "1.2.3.4/33",
    "1.2.3.4/-1",
    " 1.2.3.4/8",
    "1.2.3.4/8\n",
    "a.b.c.d/8",
    "::/129",
    ":::/0",
    "1::2::3/0",
    "12345::/16",
    "1:2:3:4:5:6:7/0",
    "1:2:3:4:5:6:7:8:9/0",
    "1:2:3:4:5:6:7:8::/0",
    "fe80::1%eth0/64",
    "::1.2.3/0",
    "1.2.3.4::/0",
    ":1:2:3:4:5:6:7/0",
  ]) {
    it(`reads ${JSON.stringify(odd)} as no CIDR block`, () => assert.equal(parseCidr(odd), undefined));
  }
});
