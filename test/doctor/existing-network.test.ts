import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

import { CliError } from "../../tools/cli/command";
import { CHECKS } from "../../tools/doctor/checks";
import { readContext } from "../../tools/doctor/context";
import { existingNetwork } from "../../tools/doctor/existing-network";
import { FakeCli } from "../support/fake-cli";
import { configFrom } from "../support/stack-file";

const VPC = "vpc-0123456789abcdef0";
const ZONES = ["a", "b", "c"];
const idsOf = (kind: string): string[] => ZONES.map((zone) => `subnet-0123456789abc${kind}${zone}`);
const PRIVATE = idsOf("000");
const PUBLIC = idsOf("111");

type Json = Readonly<Record<string, unknown>>;

/** AWS's answers about a network, by call. */
type Network = Readonly<Record<string, Json>>;

const out = (target: Json, destination: Json = { DestinationCidrBlock: "0.0.0.0/0" }): Json => ({
  ...destination,
  State: "active",
  ...target,
});
const local = { DestinationCidrBlock: "10.20.0.0/16", GatewayId: "local", State: "active" };
const table = (id: string, subnets: readonly string[], routes: readonly Json[]): Json => ({
  RouteTableId: id,
  Associations: subnets.map((SubnetId) => (SubnetId === "main" ? { Main: true } : { Main: false, SubnetId })),
  Routes: [local, ...routes],
});
const subnet = (id: string, index: number, changes: Json = {}): Json => ({
  SubnetId: id,
  VpcId: VPC,
  AvailabilityZone: `eu-west-1${ZONES[index]}`,
  CidrBlock: "10.20.0.0/24",
  AvailableIpAddressCount: 100,
  Ipv6CidrBlockAssociationSet: [],
  ...changes,
});
const endpoint = (service: string, changes: Json = {}): Json => ({
  ServiceName: `com.amazonaws.eu-west-1.${service}`,
  State: "available",
  ...(["s3", "dynamodb"].includes(service)
    ? { VpcEndpointType: "Gateway", RouteTableIds: ["rtb-private"] }
    : { VpcEndpointType: "Interface", PrivateDnsEnabled: true, RouteTableIds: [] }),
  ...changes,
});
const IGW = out({ GatewayId: "igw-1" });
const NAT = out({ NatGatewayId: "nat-1" });
const PUBLIC_TABLE = table("rtb-public", PUBLIC, [IGW]);

/** A network that meets all of prod's requirements. */
const WHOLE: Network = {
  "describe-vpcs": {
    Vpcs: [
      {
        VpcId: VPC,
        CidrBlockAssociationSet: [
          { CidrBlock: "10.20.0.0/16", CidrBlockState: { State: "associated" } },
          { CidrBlock: "10.21.0.0/16", CidrBlockState: { State: "disassociated" } },
        ],
      },
    ],
  },
  enableDnsSupport: { EnableDnsSupport: { Value: true } },
  enableDnsHostnames: { EnableDnsHostnames: { Value: true } },
  "describe-subnets": {
    Subnets: [PRIVATE, PUBLIC].flatMap((ids) => ids.map((id, index) => subnet(id, index))),
  },
  // The private subnets use the main route table.
  "describe-route-tables": { RouteTables: [table("rtb-private", ["main"], [NAT]), PUBLIC_TABLE] },
  "describe-vpc-endpoints": { VpcEndpoints: [] },
  "describe-internet-gateways": { InternetGateways: [{ InternetGatewayId: "igw-1" }] },
  "describe-instances": { Reservations: [] },
};

/** The services that prod calls, in addition to S3. */
const SERVICES = ["dynamodb", "ssm", "ssmmessages", "autoscaling"];

describe("The doctor for an existing network", () => {
  let cli: FakeCli;
  let network: Network = WHOLE;
  let file: string;
  let text: string;
  before(async () => {
    cli = await FakeCli.start(["pulumi", "aws"], (program, [service, what = "", ...args]) => {
      if (program !== "aws" || service !== "ec2") return { status: 1 };
      const answer = network[what === "describe-vpc-attribute" ? (args[5] ?? "") : what];
      return answer === undefined ? { status: 1 } : { stdout: JSON.stringify(answer) };
    });
    file = join(cli.project, "Pulumi.prod.yaml");
    text = readFileSync(file, "utf8");
  });
  after(() => cli.stop());

  const existing = { vpcId: VPC, privateSubnetIds: PRIVATE, publicSubnetIds: PUBLIC };
  const set = (changes: Network, settings: Json): void => {
    network = { ...WHOLE, ...changes };
    const { config } = parse(text) as { readonly config: Json };
    const availabilityZones = ZONES.map((zone) => `eu-west-1${zone}`);
    const own = { "web-store:network": { availabilityZones, existing }, ...settings };
    writeFileSync(file, stringify({ config: configFrom({ ...config, ...own }) }));
  };
  /** The check's result for prod. */
  const said = async (changes: Network = {}, settings: Json = {}): Promise<string> => {
    set(changes, settings);
    return cli.within(() =>
      existingNetwork(readContext("prod", undefined)).catch((error: unknown) => {
        assert.ok(error instanceof CliError, String(error));
        return `missing: ${error.message}`;
      }),
    );
  };

  it("reports success for a sound network, and requires no address for a NAT gateway", async () => {
    assert.equal(await said(), `${VPC}: 6 subnets in 3 zones, 600 free addresses`);
    const addresses = CHECKS.find(({ title }) => title === "address quota");
    assert.equal(
      await cli.within(async () => addresses?.check(readContext("prod", undefined))),
      "none needed: the stack creates no NAT gateway",
    );
    assert.ok(!cli.calls.some((call) => call.includes("describe-addresses")));
  });

  it("reports a VPC that does not exist", async () => {
    assert.match(
      await said({ "describe-vpcs": { Vpcs: [] } }),
      /^missing: vpc-0123456789abcdef0 isn't in eu-west-1, [^]*remedy: correct network\.existing\.vpcId/,
    );
  });

  it("reports all problems of the VPC and of its subnets at once", async () => {
    const line = await said(
      {
        enableDnsSupport: { EnableDnsSupport: { Value: false } },
        "describe-subnets": {
          Subnets: [
            subnet(PRIVATE[0]!, 1),
            subnet(PRIVATE[1]!, 1, { VpcId: "vpc-0f" }),
            ...PUBLIC.map((id, index) => subnet(id, index)),
          ],
        },
      },
      { "web-store:network.existing.cidrBlock": "10.21.0.0/16", "web-store:network.ipv6": true },
    );
    for (const says of [
      /enableDnsSupport off: without it, instances resolve no names\nremedy: aws ec2 modify-vpc-attribute --vpc-id vpc-0123456789abcdef0 --enable-dns-support/,
      /has the range 10\.20\.0\.0\/16, not 10\.21\.0\.0\/16\nremedy: correct network\.existing\.cidrBlock/,
      /subnet-0123456789abc000a is in eu-west-1b, not in eu-west-1a\nremedy: list subnets in the order/,
      /subnet-0123456789abc000b is in vpc-0f, not in vpc-0123456789abcdef0/,
      /subnet-0123456789abc000c isn't in eu-west-1, or this account can't use it/,
      /subnet-0123456789abc111a has no IPv6 range, but network\.ipv6 is true/,
      /subnet-0123456789abc111c has no route for ::\/0 to an internet gateway/,
    ])
      assert.match(line, says);
    assert.equal(line.match(/remedy: /g)?.length, 11, line);
  });

  it("requires DNS hostnames only for an internal store's private zones", async () => {
    const off = { enableDnsHostnames: { EnableDnsHostnames: { Value: false } } };
    assert.match(await said(off), /^vpc-0123456789abcdef0: 6 subnets/);
    const internal = {
      "web-store:internal": { enabled: true },
      "web-store:network.existing.cidrBlock": "10.20.0.0/16",
      "web-store:waf": { enabled: false },
      "web-store:externalHealthCheck": { enabled: false },
    };
    assert.match(
      await said(off, internal),
      /^missing: vpc-0123456789abcdef0 has enableDnsHostnames off: [^\n]*\nremedy: [^\n]* --enable-dns-hostnames$/,
    );
  });

  it("reports routes to nowhere, or to the wrong target", async () => {
    const line = await said({
      "describe-route-tables": {
        RouteTables: [
          table("rtb-main", ["main"], []),
          table("rtb-a", [PRIVATE[0]!], [IGW]),
          table("rtb-b", [PRIVATE[1]!], [out({ NatGatewayId: "nat-1", State: "blackhole" })]),
          table("rtb-c", [PUBLIC[0]!], [NAT]),
          table("rtb-d", [PUBLIC[1]!], [IGW]),
        ],
      },
    });
    for (const says of [
      /subnet-0123456789abc000a is public: its outbound route leads to igw-1/,
      /subnet-0123456789abc000b has a route for 0\.0\.0\.0\/0 whose target no longer exists, and the VPC has no endpoint to s3, dynamodb, ssm, ssmmessages, autoscaling/,
      /subnet-0123456789abc000c has no route for 0\.0\.0\.0\/0, and [^]*remedy: add a route to a NAT or transit gateway, or the endpoints/,
      /subnet-0123456789abc111a has no route for 0\.0\.0\.0\/0 to an internet gateway/,
      /subnet-0123456789abc111c has no route for 0\.0\.0\.0\/0 to an internet gateway/,
    ])
      assert.match(line, says);
    assert.equal(line.match(/remedy: /g)?.length, 5, line);
  });

  it("accepts endpoints to all services that instances call instead of a route out, and lists those that do not help", async () => {
    const closed = { RouteTables: [table("rtb-private", ["main"], []), PUBLIC_TABLE] };
    const endpoints = ["s3", ...SERVICES].map((service) => endpoint(service));
    assert.match(
      await said({ "describe-route-tables": closed, "describe-vpc-endpoints": { VpcEndpoints: endpoints } }),
      /^vpc-0123456789abcdef0: 6 subnets/,
    );
    assert.match(
      await said({
        "describe-route-tables": closed,
        "describe-vpc-endpoints": {
          VpcEndpoints: [
            endpoint("s3", { RouteTableIds: ["rtb-public"] }),
            endpoint("dynamodb"),
            endpoint("ssm", { PrivateDnsEnabled: false }),
            endpoint("ssmmessages", { State: "pendingAcceptance" }),
            endpoint("autoscaling"),
          ],
        },
      }),
      /no endpoint to s3, ssm, ssmmessages for it/,
    );
  });

  it("counts the addresses for an instance refresh, including the stack's instances, and for the load balancer", async () => {
    const few = {
      Subnets: [
        ...PRIVATE.map((id, index) => subnet(id, index, { AvailableIpAddressCount: 4 })),
        subnet(PUBLIC[0]!, 0, { AvailableIpAddressCount: 7 }),
        subnet(PUBLIC[1]!, 1, { CidrBlock: "10.20.0.0/28", AvailableIpAddressCount: 11 }),
        subnet(PUBLIC[2]!, 2, { CidrBlock: "10.20.0.0/27", AvailableIpAddressCount: 8 }),
      ],
    };
    const line = await said({ "describe-subnets": few });
    for (const says of [
      /subnet-0123456789abc111a, 10\.20\.0\.0\/24, has 7 free addresses: the load balancer needs a \/27 or larger, with 8 free/,
      /subnet-0123456789abc111b, 10\.20\.0\.0\/28, has 11 free addresses/,
      /the private subnets have 12 addresses for the stack, but the instances at their maximum need \d+ while/,
    ])
      assert.match(line, says);
    assert.equal(line.match(/remedy: /g)?.length, 3, line);
    // One and a half times the largest fleet, 12, and the maximum number of proxies, 4.
    const usual = { "web-store:peakCalendar": [], "web-store:fleet.maxSize": 12 };
    for (const [settings, wanted] of [
      [usual, 18],
      [{ ...usual, "web-store:proxy": { standby: true, maxSize: 4 } }, 24],
    ] as const)
      assert.match(
        await said({ "describe-subnets": few }, settings),
        new RegExp(`at their maximum need ${wanted} while`),
      );
    const own = { Reservations: [{ Instances: Array.from({ length: 20 }, () => ({})) }] };
    assert.doesNotMatch(
      await said({ "describe-subnets": few, "describe-instances": own }),
      /the private subnets have/,
    );
    assert.ok(
      cli.calls.some(
        (call) =>
          call.includes("describe-instances") &&
          call.includes("Name=tag:Project,Values=web-store Name=tag:Stack,Values=prod"),
      ),
    );
  });

  it("checks private subnets for the load balancer of CloudFront's VPC origin, and requires an internet gateway", async () => {
    const line = await said(
      {
        "describe-internet-gateways": { InternetGateways: [] },
        "describe-subnets": {
          Subnets: PRIVATE.map((id, index) => subnet(id, index, { AvailableIpAddressCount: 7 })),
        },
      },
      { "web-store:network.existing.publicSubnetIds": [], "web-store:cdn": { enabled: true } },
    );
    for (const says of [
      /has no internet gateway, which CloudFront VPC origins need/,
      /subnet-0123456789abc000a, 10\.20\.0\.0\/24, has 7 free addresses: the load balancer/,
      /the private subnets have 21 addresses for the stack/,
    ])
      assert.match(line, says);
  });

  it("requires valid settings first", async () => {
    assert.match(
      await said({}, { "web-store:network.natGateways": "perZone" }),
      /^missing: can't be checked before these settings are valid: web-store:network\.natGateways$/,
    );
  });
});
