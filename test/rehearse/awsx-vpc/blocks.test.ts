import assert from "node:assert/strict";
import type { Value, Values } from "../../../packages/rehearse/values";
import { blocks, expand, inputsOf } from "./host";

/** Arguments, and the blocks that awsx 3.9 assigns to their subnets; recorded from its own planning code. */
const LAYOUTS: readonly { title: string; args: Values; expected: string[]; layout: Value }[] = [
  {
    title: "Legacy by default: half and a quarter of each zone's part",
    args: {},
    expected: [
      "net-public-1 10.0.32.0/20",
      "net-private-1 10.0.0.0/19",
      "net-public-2 10.0.96.0/20",
      "net-private-2 10.0.64.0/19",
      "net-public-3 10.0.160.0/20",
      "net-private-3 10.0.128.0/19",
    ],
    layout: [
      { cidrMask: 19, type: "Private" },
      { cidrMask: 19, type: "Unused" },
      { cidrMask: 19, type: "Private" },
    ],
  },
  {
    title: "Legacy keeps the host bits of the VPC's block",
    args: { numberOfAvailabilityZones: 1, cidrBlock: "10.1.2.3/16" },
    expected: ["net-public-1 10.1.130.3/18", "net-private-1 10.1.2.3/17"],
    layout: [
      { cidrMask: 17, type: "Private" },
      { cidrMask: 18, type: "Public" },
    ],
  },
  {
    title: "Legacy places private, public and isolated subnets in that order, and fills gaps as Unused",
    args: {
      numberOfAvailabilityZones: 2,
      subnetStrategy: "Legacy",
      subnetSpecs: [
        { type: "Isolated" },
        { type: "Public" },
        { type: "Private", name: "app" },
        { type: "Private", name: "batch", cidrMask: 22 },
      ],
    },
    expected: [
      "net-public-1 10.0.48.0/20",
      "net-app-1 10.0.0.0/19",
      "net-batch-1 10.0.32.0/22",
      "net-isolated-1 10.0.64.0/24",
      "net-public-2 10.0.176.0/20",
      "net-app-2 10.0.128.0/19",
      "net-batch-2 10.0.160.0/22",
      "net-isolated-2 10.0.192.0/24",
    ],
    layout: [
      { cidrMask: 19, type: "Private" },
      { cidrMask: 22, type: "Private" },
      { cidrMask: 22, type: "Unused" },
      { cidrMask: 21, type: "Unused" },
      { cidrMask: 20, type: "Public" },
      { cidrMask: 24, type: "Isolated" },
    ],
  },
  {
    title: "Auto uses no more than a /16 of a zone for default subnets",
    args: { numberOfAvailabilityZones: 2, cidrBlock: "10.0.0.0/8", subnetStrategy: "Auto" },
    expected: [
      "net-public-1 10.0.128.0/18",
      "net-private-1 10.0.0.0/17",
      "net-public-2 10.128.128.0/18",
      "net-private-2 10.128.0.0/17",
    ],
    layout: [
      { cidrMask: 17, type: "Private" },
      { cidrMask: 18, type: "Public" },
    ],
  },
  {
    title: "Auto aligns zones to availabilityZoneCidrMask",
    args: {
      numberOfAvailabilityZones: 2,
      subnetStrategy: "Auto",
      availabilityZoneCidrMask: 20,
      subnetSpecs: [{ type: "Public" }, { type: "Private" }],
    },
    expected: [
      "net-public-1 10.0.0.0/21",
      "net-private-1 10.0.8.0/21",
      "net-public-2 10.0.16.0/21",
      "net-private-2 10.0.24.0/21",
    ],
    layout: [{ type: "Public" }, { type: "Private" }],
  },
  {
    title: "AutoMerge amends default subnets and adds others",
    args: {
      numberOfAvailabilityZones: 2,
      subnetStrategy: "AutoMerge",
      subnetSpecs: [
        { type: "Public", cidrMask: 22 },
        { type: "Isolated", name: "db", cidrMask: 24 },
      ],
    },
    expected: [
      "net-public-1 10.0.64.0/22",
      "net-private-1 10.0.0.0/18",
      "net-db-1 10.0.68.0/24",
      "net-public-2 10.0.192.0/22",
      "net-private-2 10.0.128.0/18",
      "net-db-2 10.0.196.0/24",
    ],
    layout: [
      { cidrMask: 18, type: "Private" },
      { cidrMask: 22, type: "Public" },
      { cidrMask: 24, type: "Isolated" },
    ],
  },
  {
    title: "Exact creates no subnet for Unused",
    args: {
      numberOfAvailabilityZones: 2,
      cidrBlock: "10.1.0.0/22",
      subnetStrategy: "Exact",
      subnetSpecs: [
        { type: "Private", size: 256 },
        { type: "Public", cidrMask: 25 },
        { type: "Unused", cidrMask: 25 },
      ],
    },
    expected: [
      "net-public-1 10.1.1.0/25",
      "net-private-1 10.1.0.0/24",
      "net-public-2 10.1.3.0/25",
      "net-private-2 10.1.2.0/24",
    ],
    layout: [
      { cidrMask: 24, size: 256, type: "Private" },
      { cidrMask: 25, size: 128, type: "Public" },
      { cidrMask: 25, size: 128, type: "Unused" },
    ],
  },
  {
    title: "explicit blocks are used as given",
    args: {
      numberOfAvailabilityZones: 2,
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] },
        { type: "Private", cidrBlocks: ["10.0.16.0/20", "10.0.32.0/20"] },
      ],
    },
    expected: [
      "net-public-1 10.0.0.0/24",
      "net-private-1 10.0.16.0/20",
      "net-public-2 10.0.1.0/24",
      "net-private-2 10.0.32.0/20",
    ],
    layout: [
      { cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"], type: "Public" },
      { cidrBlocks: ["10.0.16.0/20", "10.0.32.0/20"], type: "Private" },
    ],
  },
];

describe("the blocks of subnets", () => {
  for (const { title, args, expected, layout } of LAYOUTS) {
    it(title, async () => {
      const expansion = await expand(args);
      assert.deepEqual(blocks(expansion), expected);
      assert.deepEqual(expansion.outputs["subnetLayout"], layout);
    });
  }

  it("come with a warning if subnets are declared and the strategy is not set", async () => {
    const subnetSpecs = [{ type: "Public" }, { type: "Private" }];
    const { warnings } = await expand({ subnetSpecs });
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0] ?? "",
      /without subnetStrategy.*\[\{"cidrMask":19,"type":"Private"\},\{"cidrMask":20,"type":"Public"\}\]/,
    );
    assert.deepEqual((await expand({ subnetSpecs, subnetStrategy: "Legacy" })).warnings, []);
    assert.deepEqual((await expand({})).warnings, []);
  });
});

describe("the names of subnets", () => {
  it("are tagged by zone under AvailabilityZone, and resource names keep their numbers", async () => {
    const expansion = await expand({
      availabilityZoneNames: ["us-east-1b", "us-west-2-lax-1a"],
      subnetNameTagStrategy: "AvailabilityZone",
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public", name: "dmz", tags: { Name: "mine", tier: "edge" } },
        { type: "Private" },
      ],
    });
    assert.deepEqual(inputsOf(expansion, "Subnet", "net-dmz-1")["tags"], {
      Name: "net-dmz-1b",
      tier: "edge",
      SubnetType: "Public",
    });
    assert.deepEqual(inputsOf(expansion, "RouteTable", "net-private-2")["tags"], {
      Name: "net-private-2-lax-1a",
      SubnetType: "Private",
    });
  });
});

describe("availability zones", () => {
  it("are looked up with the arguments that awsx's provider passes", async () => {
    const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
    assert.deepEqual((await expand({})).invokes, [{ token, args: {} }]);
    assert.deepEqual((await expand({ region: "eu-west-1" })).invokes, [
      { token, args: { region: "eu-west-1" } },
    ]);
    const named = await expand({ availabilityZoneNames: ["eu-central-1b"] });
    assert.deepEqual(named.invokes, []);
    assert.equal(inputsOf(named, "Subnet", "net-public-1")["availabilityZone"], "eu-central-1b");
  });
});
