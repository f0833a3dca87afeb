import assert from "node:assert/strict";
import { BlockList } from "node:net";
import fc from "fast-check";
import { isTheWorld, parseCidr, publicAddresses } from "../../../../policies/rules/exposure/cidr";
import type { AddressRange } from "../../../../policies/rules/exposure/cidr";

const WIDEST = { ipv4: 8, ipv6: 16 };

/** Four bytes or eight groups as text. */
function text(value: bigint, version: 4 | 6): string {
  const [parts, bits, base] = version === 4 ? [4, 8n, 10] : [8, 16n, 16];
  const each = Array.from({ length: parts }, (_, index) =>
    ((value >> (BigInt(parts - 1 - index) * bits)) & ((1n << bits) - 1n)).toString(base),
  );
  return each.join(version === 4 ? "." : ":");
}

const bits = { 4: 32, 6: 128 } as const;
const version = fc.constantFrom(4 as const, 6 as const);
const block = version.chain((v) =>
  fc.record({
    version: fc.constant(v),
    address: fc.bigInt(0n, (1n << BigInt(bits[v])) - 1n),
    prefix: fc.integer({ min: 0, max: bits[v] }),
  }),
);

function parsed(cidr: string): AddressRange {
  const range = parseCidr(cidr);
  assert.ok(range, cidr);
  return range;
}

/** Cuts a block into halves, and some of those into halves, and so on. */
const cut = (cidr: string, v: 4 | 6): fc.Arbitrary<string[]> =>
  fc.array(fc.nat(), { maxLength: 40 }).map((picks) => {
    const [network = "", length = ""] = cidr.split("/");
    const blocks = [{ first: parsed(`${network}/${bits[v]}`).first, prefix: Number(length) }];
    for (const pick of picks) {
      const [one] = blocks.splice(pick % blocks.length, 1);
      if (one!.prefix === bits[v]) continue;
      const prefix = one!.prefix + 1;
      blocks.push({ first: one!.first, prefix });
      blocks.push({ first: one!.first + (1n << BigInt(bits[v] - prefix)), prefix });
    }
    return blocks.map(({ first, prefix }) => `${text(first, v)}/${prefix}`);
  });

describe("parseCidr", () => {
  it("holds the addresses that Node's own block list says a block has", () => {
    fc.assert(
      fc.property(block, fc.bigInt(0n, (1n << 128n) - 1n), ({ version, address, prefix }, other) => {
        const range = parsed(`${text(address, version)}/${prefix}`);
        const list = new BlockList();
        const family = version === 4 ? "ipv4" : "ipv6";
        list.addSubnet(text(address, version), prefix, family);
        const last = (1n << BigInt(bits[version])) - 1n;
        for (const probe of [other & last, range.first, range.last, range.first - 1n, range.last + 1n]) {
          if (probe < 0n || probe > last) continue;
          const isIn = probe >= range.first && probe <= range.last;
          assert.equal(isIn, list.check(text(probe, version), family), text(probe, version));
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
    it(`takes ${short} for ${long}`, () => assert.deepEqual(parsed(short), parsed(long)));
  }

  for (const odd of [
    ...["", "/", "/0", "0/0", "0.0.0.0", "1.2.3/8", "1.2.3.4.5/8", "256.0.0.0/8", "01.2.3.4/8", "1.2.3.4/33"],
    ...["1.2.3.4/-1", " 1.2.3.4/8", "1.2.3.4/8\n", "a.b.c.d/8", "::/129", ":::/0", "1::2::3/0", "12345::/16"],
    ...["1:2:3:4:5:6:7/0", "1:2:3:4:5:6:7:8:9/0", "1:2:3:4:5:6:7:8::/0", "fe80::1%eth0/64", "::1.2.3/0"],
    ...["1.2.3.4::/0", ":1:2:3:4:5:6:7/0"],
  ]) {
    it(`takes ${JSON.stringify(odd)} for no CIDR block`, () => assert.equal(parseCidr(odd), undefined));
  }
});

describe("isTheWorld", () => {
  it("says the same of a block and of the parts it is cut into", () => {
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
        // Again, and inside each other: no address counts twice.
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
    [false, "203.0.113.0/24", "198.51.100.7/32"],
    [false, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
    [false, "fc00::/7", "fe80::/10"],
    [false, "2600::/16"],
    [false, "2001:db8::/32", "10.0.0.0/8", "8.0.0.0/9"],
  ] as const) {
    it(`is ${is} of ${cidrs.join(" and ")}`, () => assert.equal(isTheWorld(cidrs.map(parsed), WIDEST), is));
  }

  it("draws the line at the widest prefix of either version", () => {
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
