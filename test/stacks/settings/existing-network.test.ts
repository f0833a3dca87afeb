import assert from "node:assert/strict";

import { existing, PRIVATE, PUBLIC, subnets, VPC, zones } from "../../support/existing-network";
import { assertRefused, isAccepted } from "../../support/settings";

describe("the settings of an existing network", () => {
  const network = (value: object, others: object = {}): Record<string, string> => ({
    network: JSON.stringify({ availabilityZones: zones, existing: { ...existing, ...value }, ...others }),
  });
  const internal = { internal: JSON.stringify({ enabled: true }) };
  const cdn = { cdn: JSON.stringify({ enabled: true }) };

  for (const [title, set, says] of [
    [
      "an invalid VPC ID",
      network({ vpcId: undefined }),
      /existing\.vpcId\n {2}got: {5}nothing\n {2}allowed: the id of a VPC/,
    ],
    ["a VPC's name", network({ vpcId: "shop" }), /existing\.vpcId\n {2}got: {5}shop/],
    ["a subnet instead of a VPC", network({ vpcId: PRIVATE[0] }), /existing\.vpcId\n {2}got: {5}subnet-/],
    [
      "a VPC instead of a subnet",
      network({ privateSubnetIds: [VPC, PRIVATE[0]] }),
      /privateSubnetIds\n {2}got: {5}\["vpc-/,
    ],
    [
      "the same subnet twice",
      network({ privateSubnetIds: [PRIVATE[0], PRIVATE[0]] }),
      /allowed: 2 to 4 different ids of subnets/,
    ],
    [
      "fewer private subnets than zones",
      network(
        { privateSubnetIds: PRIVATE, publicSubnetIds: subnets("bb0", 3) },
        { availabilityZones: [...zones, "eu-west-1c"] },
      ),
      /privateSubnetIds[^]*allowed: 3 subnets, one for each of availabilityZones, in their order: eu-west-1a, eu-west-1b, eu-west-1c\n {2}remedy: {2}add 1, or/,
    ],
    [
      "more public subnets than zones",
      network({ publicSubnetIds: subnets("bb0", 3) }),
      /publicSubnetIds[^]*allowed: 2 subnets[^]*remedy: {2}remove 1, or add their zones/,
    ],
    [
      "no public subnets for a public load balancer",
      network({ publicSubnetIds: undefined }),
      /publicSubnetIds\n {2}got: {5}\[\] \(default\)\n {2}allowed: 2 subnets/,
    ],
    [
      "a single public subnet with an internal store",
      { ...network({ publicSubnetIds: [PUBLIC[0]], cidrBlock: "10.1.0.0/16" }), ...internal },
      /publicSubnetIds[^]*allowed: 2 subnets/,
    ],
    [
      "a subnet that is both public and private",
      network({ publicSubnetIds: [PUBLIC[0], PRIVATE[1]] }),
      /publicSubnetIds[^]*remove subnet-0123456789abcaa01 from one of the two/,
    ],
    [
      "a range for a new network",
      network({}, { cidrBlock: "10.1.0.0/16" }),
      /network\.cidrBlock\n {2}got: {5}10\.1\.0\.0\/16\n {2}allowed: no value together with network\.existing[^]*name the VPC's range in network\.existing\.cidrBlock/,
    ],
    [
      "NAT gateways",
      network({}, { natGateways: "perZone" }),
      /network\.natGateways\n[^]*allowed: no value together with network\.existing/,
    ],
    [
      "flow logs",
      network({}, { flowLogRetentionDays: 90 }),
      /network\.flowLogRetentionDays\n[^]*allowed: no value together with network\.existing/,
    ],
    [
      "an internal store in a VPC without a range",
      { ...network({ publicSubnetIds: undefined }), ...internal },
      /existing\.cidrBlock\n {2}got: {5}nothing\n[^]*aws ec2 describe-vpcs --vpc-ids vpc-0123456789abcdef0 shows it/,
    ],
    [
      "a range with host bits",
      network({ cidrBlock: "10.0.1.0/16" }),
      /existing\.cidrBlock\n[^]*without bits set after the prefix/,
    ],
    [
      "a range that no VPC can have",
      network({ cidrBlock: "10.0.0.0/8" }),
      /allowed: a range from \/16 to \/28/,
    ],
    [
      "a zone in another Region",
      network({}, { availabilityZones: ["eu-west-1a", "us-east-1b"] }),
      /network\.availabilityZones\n/,
    ],
  ] as const) {
    it(`are refused: ${title}`, () => assertRefused(set, says));
  }

  for (const [title, set] of [
    ["IDs from before 2018", network({ vpcId: "vpc-1a2b3c4d" })],
    ["a VPC's range, needed or not", network({ cidrBlock: "100.64.0.0/20" })],
    ["no public subnets behind CloudFront", { ...network({ publicSubnetIds: undefined }), ...cdn }],
    [
      "no public subnets with an internal store",
      { ...network({ publicSubnetIds: undefined, cidrBlock: "10.1.0.0/16" }), ...internal },
    ],
    [
      "a public image, as the network provides the route out",
      {
        ...network({}),
        application: JSON.stringify({
          source: "container",
          image: `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`,
        }),
      },
    ],
    ["a fleet larger than the usual range", { ...network({}), fleet: JSON.stringify({ maxSize: 400 }) }],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set), title));
  }
});
