import assert from "node:assert/strict";
import fc from "fast-check";
import type { Values } from "../../../packages/rehearse/values";
import { expand, text } from "./host";
import type { Expansion } from "./host";

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Deliberately independent of the code under test. */
function range(block: string): Range {
  const [address = "", prefix = ""] = block.split("/");
  const number = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(prefix));
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}

const zones = fc.integer({ min: 1, max: 6 });
const vpcPrefix = fc.integer({ min: 12, max: 20 });
const nat = fc.constantFrom("OnePerAz", "Single", "None");
/** Prefix lengths smaller than the zone's, largest subnet first, so that alignment leaves no gaps. */
const offsets = fc
  .array(fc.integer({ min: 3, max: 6 }), { minLength: 2, maxLength: 6 })
  .map((list) => list.sort((a, b) => a - b));

/**
 * Arguments whose subnets fit: at most six in a zone, none larger than an eighth of it. The legacy strategy may place
 * several subnets of a kind so that a later kind overlaps them, which it then refuses, so it gets one of each kind.
 */
const fitting: fc.Arbitrary<Values> = fc
  .record({ zones, vpcPrefix, nat, offsets, strategy: fc.constantFrom("Auto", "Legacy") })
  .map(({ zones: count, vpcPrefix: prefix, nat: natStrategy, offsets: sizes, strategy }) => {
    const zonePrefix = prefix + Math.ceil(Math.log2(count));
    const types = ["Private", "Public", "Isolated"];
    return {
      availabilityZoneNames: Array.from(
        { length: count },
        (_, index) => `eu-central-1${"abcdef"[index] ?? ""}`,
      ),
      cidrBlock: `10.64.0.0/${prefix}`,
      natGateways: { strategy: natStrategy },
      subnetStrategy: sizes.length > types.length ? "Auto" : strategy,
      subnetSpecs: sizes.map((size, index) => ({
        type: types[index % 3] ?? "",
        name: `s${index}`,
        cidrMask: zonePrefix + size,
      })),
    };
  });

const anyLayout = fc.oneof(
  fitting,
  fc.record({
    numberOfAvailabilityZones: fc.integer({ min: 1, max: 3 }),
    cidrBlock: fc.constantFrom("10.0.0.0/16", "172.31.0.0/20", "10.0.0.0/24"),
    subnetStrategy: fc.constantFrom("Legacy", "Auto", "AutoMerge"),
    assignGeneratedIpv6CidrBlock: fc.boolean(),
  }),
);

function named(expansion: Expansion, kind: string): string[] {
  return expansion.children.filter((child) => child.kind === kind).map(({ name }) => name);
}

function subnetRanges({ children }: Expansion): Range[] {
  return children
    .filter(({ kind }) => kind === "Subnet")
    .map(({ inputs }) => range(text(inputs["cidrBlock"])));
}

/** Checks a property of the expansion of every sample of arguments. */
function always(
  args: fc.Arbitrary<Values>,
  check: (expansion: Expansion, args: Values) => void,
): Promise<void> {
  return fc.assert(
    fc.asyncProperty(args, async (inputs) => check(await expand(inputs), inputs)),
    { numRuns: 150 },
  );
}

describe("every expansion of awsx.ec2.Vpc", () => {
  it("has subnets that do not overlap", () =>
    always(anyLayout, (expansion) => {
      const ranges = subnetRanges(expansion).sort((a, b) => a.first - b.first);
      ranges.slice(1).forEach((next, index) => assert.ok(next.first > (ranges[index]?.last ?? 0)));
    }));

  it("has subnets inside the VPC's block", () =>
    always(anyLayout, (expansion, args) => {
      const vpc = range(text(args["cidrBlock"]));
      for (const { first, last } of subnetRanges(expansion))
        assert.ok(vpc.first <= first && last <= vpc.last);
    }));

  it("has subnets of the requested sizes", () =>
    always(fitting, ({ children }, args) => {
      for (const { name, cidrMask } of args["subnetSpecs"] as { name: string; cidrMask: number }[]) {
        const own = children.filter(
          (child) => child.kind === "Subnet" && child.name.startsWith(`net-${name}-`),
        );
        assert.equal(own.length, (args["availabilityZoneNames"] as string[]).length);
        for (const { inputs } of own) assert.equal(text(inputs["cidrBlock"]).split("/")[1], String(cidrMask));
      }
    }));

  it("has one route table and one association for each subnet", () =>
    always(anyLayout, (expansion) => {
      const subnets = named(expansion, "Subnet");
      assert.deepEqual(named(expansion, "RouteTable"), subnets);
      assert.deepEqual(named(expansion, "RouteTableAssociation"), subnets);
    }));

  it("routes public subnets to the internet gateway, private ones to a NAT gateway, isolated ones nowhere", () =>
    always(anyLayout, ({ children }, args) => {
      const strategy = (args["natGateways"] as Values | undefined)?.["strategy"] ?? "OnePerAz";
      for (const { name, inputs, kind } of children) {
        if (kind !== "Subnet") continue;
        const type = (inputs["tags"] as Values)["SubnetType"];
        const route = children.find((child) => child.kind === "Route" && child.name === name);
        const target = Object.keys(route?.inputs ?? {}).find(
          (key) => key.endsWith("gatewayId") || key.endsWith("GatewayId"),
        );
        const expected = {
          Public: "gatewayId",
          Private: strategy === "None" ? undefined : "natGatewayId",
          Isolated: undefined,
        };
        assert.equal(target, expected[type as keyof typeof expected], name);
      }
    }));

  it("has as many NAT gateways as its strategy requires, each in a public subnet", () =>
    always(anyLayout, ({ children }, args) => {
      const strategy = (args["natGateways"] as Values | undefined)?.["strategy"] ?? "OnePerAz";
      const inZones = new Set(
        children.filter(({ kind }) => kind === "Subnet").map(({ inputs }) => inputs["availabilityZone"]),
      );
      const gateways = children.filter(({ kind }) => kind === "NatGateway");
      assert.equal(gateways.length, { None: 0, Single: 1, OnePerAz: inZones.size }[text(strategy)]);
      for (const { parent } of gateways) {
        const host = children.find(({ urn }) => urn === parent);
        assert.equal(host?.inputs["mapPublicIpOnLaunch"], true);
      }
    }));

  it("depends only on children registered earlier, and registers the same graph in preview and up", () =>
    fc.assert(
      fc.asyncProperty(anyLayout, async (args) => {
        const [preview, up] = [await expand(args, "preview"), await expand(args, "up")];
        const seen = new Set<string>();
        for (const { urn, dependsOn, propertyDependencies } of up.children) {
          const dependencies = [...dependsOn, ...Object.values(propertyDependencies ?? {}).flat()];
          for (const dependency of dependencies)
            assert.ok(seen.has(dependency), `${urn} before ${dependency}`);
          seen.add(urn);
        }
        assert.deepEqual(
          preview.children.map(({ urn, parent, dependsOn }) => ({ urn, parent, dependsOn })),
          up.children.map(({ urn, parent, dependsOn }) => ({ urn, parent, dependsOn })),
        );
      }),
      { numRuns: 100 },
    ));
});
