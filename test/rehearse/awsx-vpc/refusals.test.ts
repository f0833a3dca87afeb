import assert from "node:assert/strict";
import type { Values } from "../../../packages/rehearse/values";
import { COMPONENT, expand, FakeHost, outputValue } from "./host";
import { expandVpc } from "../../../packages/rehearse/cloud/awsx-vpc";

const TWO_ZONES = { numberOfAvailabilityZones: 2 };
const ENDPOINT = {
  vpcEndpointStrategy: "Auto",
  vpcEndpointSpecs: [{ serviceName: "ecr", vpcEndpointType: "Interface" }],
};

/** Arguments that awsx refuses before it registers any resource, and the error. */
const REFUSALS: readonly { title: string; args: Values; says: RegExp; zones?: Values }[] = [
  {
    title: "zones by name and by number",
    args: { availabilityZoneNames: ["eu-central-1a"], numberOfAvailabilityZones: 2 },
    says: /availabilityZoneNames \(eu-central-1a\) and numberOfAvailabilityZones \(2\) are both given/,
  },
  {
    title: "more zones than the region has",
    args: { numberOfAvailabilityZones: 4 },
    says: /has 3 availability zones \(eu-central-1a, eu-central-1b, eu-central-1c\), but 4 are needed/,
  },
  { title: "a region whose zones can't be listed", args: {}, zones: {}, says: /could not be looked up/ },
  {
    title: "a region that is an output, if zones are to be looked up",
    args: { region: outputValue("eu-central-1") },
    says: /region must be a plain string/,
  },
  {
    title: "zones whose suffixes collide in Name tags",
    args: { availabilityZoneNames: ["us-east-1a", "eu-west-1a"], subnetNameTagStrategy: "AvailabilityZone" },
    says: /"us-east-1a" and "eu-west-1a" both end in "1a"/,
  },
  {
    title: "an unknown NAT strategy",
    args: { natGateways: { strategy: "Many" } },
    says: /strategy is "Many", but must be "OnePerAz", "Single" or "None"/,
  },
  {
    title: "Elastic IP addresses without NAT gateways",
    args: { natGateways: { strategy: "None", elasticIpAllocationIds: ["eipalloc-1"] } },
    says: /must be left out when natGateways.strategy is "None", but 1 is given/,
  },
  {
    title: "several Elastic IP addresses for a single NAT gateway",
    args: { natGateways: { strategy: "Single", elasticIpAllocationIds: ["eipalloc-1", "eipalloc-2"] } },
    says: /exactly one address when natGateways.strategy is "Single", but 2 are given/,
  },
  {
    title: "fewer Elastic IP addresses than zones",
    args: { natGateways: { elasticIpAllocationIds: ["eipalloc-1"] } },
    says: /one address for each of the 3 availability zones/,
  },
  {
    title: "NAT gateways without public subnets",
    args: { subnetStrategy: "Auto", subnetSpecs: [{ type: "Private" }] },
    says: /"OnePerAz" needs public subnets .* but the subnets are Private/,
  },
  {
    title: "NAT gateways that serve no subnet",
    args: { subnetStrategy: "Auto", subnetSpecs: [{ type: "Public" }], natGateways: { strategy: "Single" } },
    says: /"Single" needs public subnets .* and private or isolated/,
  },
  {
    title: "an IPAM pool without a block or a netmask length",
    args: { ipv4IpamPoolId: "ipam-pool-1" },
    says: /neither is given/,
  },
  {
    title: "an IPAM pool with both a block and a netmask length",
    args: { ipv4IpamPoolId: "ipam-pool-1", ipv4NetmaskLength: 16, cidrBlock: "10.0.0.0/16" },
    says: /both are given/,
  },
  {
    title: "an invalid block",
    args: { cidrBlock: "10.0.0.0/33" },
    says: /cidrBlock is "10.0.0.0\/33", which is not an IPv4 CIDR block/,
  },
  {
    title: "Legacy with a block that is not known yet",
    args: { cidrBlock: outputValue(undefined) },
    says: /"Legacy" needs the VPC's cidrBlock before the VPC exists/,
  },
  {
    title: "default subnets in zones below a /26",
    args: { cidrBlock: "10.0.0.0/25", subnetStrategy: "Auto" },
    says: /at least a \/26 in every availability zone, but there is only a \/27/,
  },
  {
    title: "Legacy subnets that need more bits than the block has",
    args: { cidrBlock: "10.0.0.0/31" },
    says: /split 10.0.0.0\/31 by 2 more bits, but it has only 1/,
  },
  {
    title: "subnets larger than their zone",
    args: {
      ...TWO_ZONES,
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Public", cidrMask: 17 }, { type: "Private" }],
    },
    says: /need 49152 addresses, but its part of the VPC \(a \/17 of 10.0.0.0\/16\) has 32768/,
  },
  {
    title: "subnets with impossible prefix lengths",
    args: { subnetStrategy: "Auto", subnetSpecs: [{ type: "Public", cidrMask: 33 }, { type: "Private" }] },
    says: /a \/33 block, but an IPv4 prefix length is a whole number from 0 to 32/,
  },
  {
    title: "subnets that overlap, by name and block",
    args: {
      ...TWO_ZONES,
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public", cidrMask: 24 },
        { type: "Private", cidrMask: 18 },
        { type: "Isolated", size: 256 },
      ],
    },
    says: /overlap.*\n - net-isolated-1: 10.0.128.0\/24\n - net-public-2: 10.0.128.0\/24\n/,
  },
  {
    title: "gaps under Exact, each by its ends",
    args: {
      ...TWO_ZONES,
      cidrBlock: "10.1.0.0/22",
      subnetStrategy: "Exact",
      subnetSpecs: [
        { type: "Private", cidrMask: 24 },
        { type: "Public", cidrMask: 25 },
      ],
    },
    says: /between net-public-1 \(10.1.1.0\/25\) and net-private-2 \(10.1.2.0\/24\); between net-public-2 \(10.1.3.0\/25\) and the end of the VPC \(10.1.3.254\)/,
  },
  {
    title: "no subnets under Auto",
    args: { subnetStrategy: "Auto", subnetSpecs: [] },
    says: /subnetSpecs is empty/,
  },
  {
    title: "subnets without zones",
    args: { availabilityZoneNames: [], subnetSpecs: [{ type: "Public" }], natGateways: { strategy: "None" } },
    says: /no availability zones to put subnets in/,
  },
  {
    title: "explicit blocks under AutoMerge",
    args: {
      ...TWO_ZONES,
      subnetStrategy: "AutoMerge",
      subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }],
    },
    says: /"AutoMerge" does not take explicit blocks, but subnetSpecs\[0\] has cidrBlocks/,
  },
  {
    title: "private DNS without DNS",
    args: { ...ENDPOINT, enableDnsSupport: false, enableDnsHostnames: false },
    says: /enableDnsHostnames and enableDnsSupport must be true .* "ecr" uses private DNS/,
  },
  {
    title: "an endpoint type that is an output under Auto",
    args: {
      vpcEndpointStrategy: "Auto",
      vpcEndpointSpecs: [{ serviceName: "ecr", vpcEndpointType: outputValue("Gateway") }],
    },
    says: /vpcEndpointType of "ecr" must be a plain string/,
  },
];

describe("awsx.ec2.Vpc refuses", () => {
  for (const { title, args, says, zones } of REFUSALS) {
    it(`${title}, and registers nothing`, async () => {
      const host = new FakeHost("preview", zones);
      await assert.rejects(expandVpc(host, { urn: COMPONENT, name: "net", inputs: args }), says);
      assert.deepEqual(host.children, []);
    });
  }

  it("subnet specs with every error at once", async () => {
    const subnetSpecs = [
      { type: "Public", name: "a" },
      { type: "public", name: "a" },
      { type: "Private", size: 100 },
      { type: "Isolated", size: 256, cidrMask: 25 },
    ];
    await assert.rejects(expand({ subnetSpecs }), (error: Error) => {
      assert.match(error.message, /type "public" have the names "a", "a"/);
      assert.match(error.message, /these are not: 100/);
      assert.match(error.message, /subnetSpecs\[3\].size is 256, but a \/25 subnet has 128 addresses/);
      return true;
    });
  });

  it("explicit blocks with every error at once", async () => {
    const subnetSpecs = [
      { type: "Public", cidrBlocks: ["10.0.0.0/24"] },
      { type: "Private" },
      { type: "Private", name: "b", cidrBlocks: ["10.0.2.0/24", "10.0.3.0/25"], cidrMask: 24 },
      { type: "Private", name: "c", cidrBlocks: ["10.0.4.0/24", "10.0.5.0/24"], size: 512 },
      { type: "Private", name: "d", cidrBlocks: ["10.0.6.0/24", "ten"] },
    ];
    await assert.rejects(expand({ ...TWO_ZONES, subnetStrategy: "Auto", subnetSpecs }), (error: Error) => {
      assert.match(
        error.message,
        /subnetSpecs\[0\].cidrBlocks has 1 blocks, but there are 2 availability zones/,
      );
      assert.match(error.message, /subnetSpecs\[1\] has no cidrBlocks: if one spec has them, all must/);
      assert.match(
        error.message,
        /subnetSpecs\[2\].cidrMask is 24, but cidrBlocks are 10.0.2.0\/24, 10.0.3.0\/25/,
      );
      assert.match(error.message, /subnetSpecs\[3\].size is 512/);
      assert.match(error.message, /subnetSpecs\[4\].cidrBlocks is "ten"/);
      return true;
    });
  });

  it("wrong types, and outputs that planning needs, all at once", async () => {
    const inputs = {
      numberOfAvailabilityZones: outputValue(2),
      cidrBlock: 10,
      natGateways: { strategy: true },
      subnetSpecs: [{ name: "a" }],
    };
    await assert.rejects(expand(inputs), (error: Error) => {
      assert.match(error.message, /numberOfAvailabilityZones is or contains an output/);
      assert.match(error.message, /cidrBlock is 10, but must be a string/);
      assert.match(error.message, /natGateways.strategy is true, but must be a string/);
      assert.match(error.message, /subnetSpecs\[0\].type is missing/);
      return true;
    });
  });

  it("IPv6 addresses in a VPC without an IPv6 block, but only once that is known", async () => {
    const subnetSpecs = [{ type: "Public", assignIpv6AddressOnCreation: true }, { type: "Private" }];
    const inputs = { subnetSpecs, subnetStrategy: "Auto" };
    await assert.rejects(expand(inputs, "up"), /the VPC has no IPv6 block/);
    assert.ok((await expand(inputs, "preview")).children.length > 0);
  });

  it("an IPv6 block that is not a /56", async () => {
    for (const ipv6CidrBlock of ["2600:1f13:abc:de00::/60", "2600:1f13::/56", "bad/56"]) {
      await assert.rejects(expand({ ipv6CidrBlock, assignGeneratedIpv6CidrBlock: true }), /prefix length 56/);
    }
  });

  it("subnets that overlap in a block that IPAM allocates, once it is known", async () => {
    const inputs = {
      ...TWO_ZONES,
      ipv4IpamPoolId: "ipam-pool-1",
      ipv4NetmaskLength: 16,
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public", cidrMask: 24 },
        { type: "Private", cidrMask: 18 },
        { type: "Isolated", size: 256 },
      ],
    };
    await assert.rejects(expand(inputs, "up"), /overlap/);
    assert.ok((await expand(inputs, "preview")).children.length > 0);
  });
});
