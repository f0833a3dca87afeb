import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";

import { MAX_ZONES } from "../../components/network/cidr";
import { steadySubnetRanges, subnetRange } from "../../components/network/ipv6";

describe("subnetRange", () => {
  it("returns the /64 ranges of a VPC's /56, given any of its ranges", () => {
    assert.equal(subnetRange("2600:1f13:abc:de00::/56", 0), "2600:1f13:abc:de00::/64");
    assert.equal(subnetRange("2600:1f13:abc:de03::/64", 7), "2600:1f13:abc:de07::/64");
    assert.equal(subnetRange("2600:1f13:abc:de00::/56", 255), "2600:1f13:abc:deff::/64");
    assert.equal(subnetRange("2600:1f13:abc:a00::/56", 4), "2600:1f13:abc:a04::/64");
  });

  it("returns a different range within the VPC's for every number", () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const number = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        group,
        group,
        fc.integer({ min: 0, max: 255 }),
        number,
        number,
        (a, b, high, one, other) => {
          const head = `${a.toString(16)}:db8:${b.toString(16)}`;
          const vpc = `${head}:${(high << 8).toString(16)}::/56`;
          const range = subnetRange(vpc, one);
          const [, fourth = ""] = /^.*:.*:.*:([0-9a-f]{1,4})::\/64$/.exec(range) ?? [];
          assert.ok(range.startsWith(`${head}:`));
          assert.equal(parseInt(fourth, 16) >> 8, high);
          assert.equal(subnetRange(range, other) === range, one === other);
        },
      ),
    );
  });

  it("rejects a range without its fourth group, and numbers that do not fit a /56", () => {
    for (const [range, index] of [
      ["2600:1f13:abc::/56", 0],
      ["10.0.0.0/16", 0],
      ["", 0],
      ["2600:1f13:abc:de00::/56", 256],
      ["2600:1f13:abc:de00::/56", -1],
      ["2600:1f13:abc:de00::/56", 1.5],
    ] as const) {
      assert.throws(() => subnetRange(range, index), {
        name: "RangeError",
        message: `${range} has no /64 number ${index}: it must be a range like 2600:1f13:abc:de00::/56, and the number 0 to 255.`,
      });
    }
  });
});

describe("steadySubnetRanges", () => {
  const transform = steadySubnetRanges(["eu-west-1a", "eu-west-1b"]);
  const vpc = "2600:1f13:abc:de00::/56";

  /** A subnet's IPv6 range and its other properties. */
  async function subnet(zone: string, kind: string): Promise<unknown> {
    const tags = { SubnetType: kind };
    const props = { ipv6CidrBlock: vpc, availabilityZone: zone, tags, vpcId: "vpc" };
    const result = await transform({
      custom: true,
      type: "aws:ec2/subnet:Subnet",
      name: "subnet",
      props,
      opts: {},
    });
    assert.ok(result);
    const { ipv6CidrBlock, ...others } = result.props as Record<string, unknown>;
    assert.deepEqual(others, { availabilityZone: zone, tags, vpcId: "vpc" });
    return new Promise((resolve) => pulumi.output(ipv6CidrBlock as pulumi.Output<string>).apply(resolve));
  }

  it("number public subnets by the position of their zone, and private ones after all possible public ones", async () => {
    assert.equal(await subnet("eu-west-1a", "Public"), subnetRange(vpc, 0));
    assert.equal(await subnet("eu-west-1b", "Public"), subnetRange(vpc, 1));
    assert.equal(await subnet("eu-west-1a", "Private"), subnetRange(vpc, MAX_ZONES));
    assert.equal(await subnet("eu-west-1b", "Private"), subnetRange(vpc, MAX_ZONES + 1));
  });

  it("are for subnets only", async () => {
    const vpcItself = { custom: true, type: "aws:ec2/vpc:Vpc", name: "vpc", props: {}, opts: {} };
    assert.equal(await transform(vpcItself), undefined);
  });
});
