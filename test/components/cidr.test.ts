import assert from "node:assert/strict";

import fc from "fast-check";

import {
  contains,
  isPrivate,
  MAX_ZONES,
  parseCidr,
  planSubnets,
  usableAddresses,
} from "../../components/network/cidr";

describe("parseCidr", () => {
  it("reads the address and the prefix", () => {
    assert.deepEqual(parseCidr("10.1.0.0/16"), { address: 10 * 2 ** 24 + 2 ** 16, prefix: 16 });
    assert.deepEqual(parseCidr("255.255.255.255/32"), { address: 2 ** 32 - 1, prefix: 32 });
    assert.deepEqual(parseCidr("0.0.0.0/0"), { address: 0, prefix: 0 });
  });

  for (const text of [
    "",
    "10.0.0.0",
    "10.0.0/16",
    "10.0.0.256/32",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "::/0",
    " 10.0.0.0/16",
  ]) {
    it(`reads ${JSON.stringify(text)} as no network`, () => assert.equal(parseCidr(text), undefined));
  }

  it("rejects a network with host bits, which AWS would change", () => {
    assert.equal(parseCidr("10.0.0.1/16"), undefined);
    assert.equal(parseCidr("10.0.0.128/24"), undefined);
  });
});

describe("contains", () => {
  const network = (text: string) => parseCidr(text) ?? assert.fail(text);
  it("is true for a part and for the whole, and false for a neighbour or a larger network", () => {
    const outer = network("10.0.0.0/8");
    assert(contains(outer, network("10.255.0.0/16")));
    assert(contains(outer, outer));
    assert(!contains(outer, network("11.0.0.0/16")));
    assert(!contains(outer, network("9.255.0.0/16")));
    assert(!contains(outer, network("0.0.0.0/0")));
  });
});

describe("planSubnets", () => {
  it("divides a /16 into zones of /18, with a private /19 and a public /20 each", () => {
    assert.deepEqual(planSubnets("10.0.0.0/16"), { zonePrefix: 18, privatePrefix: 19, publicPrefix: 20 });
  });

  it("fits the zones into the VPC, the subnets into their zone, and a load balancer into a public subnet", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 23 }), (prefix) => {
        const { zonePrefix, privatePrefix, publicPrefix } = planSubnets(`10.0.0.0/${prefix}`);
        const addresses = (prefix: number): number => 2 ** (32 - prefix);
        assert.equal(MAX_ZONES * addresses(zonePrefix), addresses(prefix));
        assert(addresses(privatePrefix) + addresses(publicPrefix) < addresses(zonePrefix));
        assert(publicPrefix <= 27);
      }),
    );
  });

  for (const cidrBlock of ["10.0.0.0/24", "10.0.0.1/16", "anywhere"]) {
    it(`refuses ${cidrBlock}`, () => {
      assert.throws(() => planSubnets(cidrBlock), {
        name: "RangeError",
        message: `${cidrBlock} cannot be a VPC's range: use one like 10.0.0.0/16, /23 or larger.`,
      });
    });
  }
});

describe("usableAddresses", () => {
  it("leaves AWS the five addresses that it reserves in every subnet", () => {
    assert.equal(usableAddresses(24), 251);
    assert.equal(usableAddresses(28), 11);
    assert.equal(usableAddresses(31), 0);
  });
});

describe("isPrivate", () => {
  it("is true for the three private ranges, and for parts of them", () => {
    for (const text of [
      "10.0.0.0/8",
      "10.255.255.255/32",
      "172.16.0.0/12",
      "172.31.0.0/16",
      "192.168.0.0/16",
    ])
      assert.ok(isPrivate(text), text);
    for (const text of [
      "10.0.0.0/7",
      "11.0.0.0/8",
      "172.32.0.0/16",
      "192.169.0.0/16",
      "0.0.0.0/0",
      "10.0.0.1/8",
      "",
    ])
      assert.ok(!isPrivate(text), text);
  });
});
