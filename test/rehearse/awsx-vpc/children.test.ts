import assert from "node:assert/strict";
import { UNKNOWN } from "../../../packages/rehearse/values";
import { COMPONENT, child, expand, inputsOf } from "./host";
import type { Expansion } from "./host";

const ALLOCATIONS = ["eipalloc-1", "eipalloc-2"];

/** The tree of children, such as `RouteTable net-public-1 in Subnet net-public-1`. */
function tree({ children }: Expansion): string[] {
  return children.map(({ kind, name, parent }) => {
    const owner = children.find((other) => other.urn === parent);
    return `${kind} ${name}${owner ? ` in ${owner.kind} ${owner.name}` : ""}`;
  });
}

function count({ children }: Expansion, kind: string): number {
  return children.filter((other) => other.kind === kind).length;
}

describe("the children of awsx.ec2.Vpc", () => {
  it("are 28 for three zones and one NAT gateway, parents before children", async () => {
    const expansion = await expand({ natGateways: { strategy: "Single" } });
    const zone = (n: number, nat: string[] = []): string[] => [
      `Subnet net-public-${n} in Vpc net`,
      `RouteTable net-public-${n} in Subnet net-public-${n}`,
      `RouteTableAssociation net-public-${n} in RouteTable net-public-${n}`,
      ...nat,
      `Route net-public-${n} in RouteTable net-public-${n}`,
      `Subnet net-private-${n} in Vpc net`,
      `RouteTable net-private-${n} in Subnet net-private-${n}`,
      `RouteTableAssociation net-private-${n} in RouteTable net-private-${n}`,
      `Route net-private-${n} in RouteTable net-private-${n}`,
    ];
    const nat = ["Eip net-1 in Subnet net-public-1", "NatGateway net-1 in Subnet net-public-1"];
    assert.equal(expansion.children.length, 28);
    assert.deepEqual(tree(expansion), [
      "Vpc net",
      "InternetGateway net in Vpc net",
      ...zone(1, nat),
      ...zone(2),
      ...zone(3),
    ]);
    assert.equal(expansion.children[0]?.parent, COMPONENT);
  });

  it("have the types of the AWS provider", async () => {
    const { children } = await expand({
      vpcEndpointStrategy: "Auto",
      vpcEndpointSpecs: [{ serviceName: "com.amazonaws.eu-central-1.ecr.api", vpcEndpointType: "Interface" }],
    });
    assert.deepEqual([...new Set(children.map(({ type }) => type))].sort(), [
      "aws:ec2/eip:Eip",
      "aws:ec2/internetGateway:InternetGateway",
      "aws:ec2/natGateway:NatGateway",
      "aws:ec2/route:Route",
      "aws:ec2/routeTable:RouteTable",
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:ec2/securityGroupRule:SecurityGroupRule",
      "aws:ec2/subnet:Subnet",
      "aws:ec2/vpc:Vpc",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
    ]);
  });

  it("have the inputs that awsx computes, once the outputs that they come from are known", async () => {
    const expansion = await expand({ natGateways: { strategy: "Single" }, tags: { team: "shop" } });
    const tags = { Name: "net", team: "shop" };
    assert.deepEqual(inputsOf(expansion, "Vpc", "net"), { cidrBlock: "10.0.0.0/16", tags });
    assert.deepEqual(inputsOf(expansion, "InternetGateway", "net"), { tags, vpcId: "vpc-net" });
    assert.deepEqual(inputsOf(expansion, "Subnet", "net-public-2"), {
      assignIpv6AddressOnCreation: false,
      availabilityZone: "eu-central-1b",
      cidrBlock: "10.0.96.0/20",
      mapPublicIpOnLaunch: true,
      tags: { Name: "net-public-2", team: "shop", SubnetType: "Public" },
      vpcId: "vpc-net",
    });
    assert.deepEqual(inputsOf(expansion, "NatGateway", "net-1"), {
      allocationId: "eipalloc-net-1",
      subnetId: "subnet-net-public-1",
      tags: { Name: "net-1", team: "shop" },
    });
    assert.deepEqual(inputsOf(expansion, "RouteTableAssociation", "net-private-3"), {
      routeTableId: "routetable-net-private-3",
      subnetId: "subnet-net-private-3",
    });
    assert.deepEqual(inputsOf(expansion, "Route", "net-public-3"), {
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "internetgateway-net",
      routeTableId: "routetable-net-public-3",
    });
    assert.deepEqual(inputsOf(expansion, "Route", "net-private-3"), {
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: "natgateway-net-1",
      routeTableId: "routetable-net-private-3",
    });
  });

  it("have unknown values in preview, including an IPv6 block that will be empty", async () => {
    const expansion = await expand({ natGateways: { strategy: "Single" } }, "preview");
    const subnet = inputsOf(expansion, "Subnet", "net-private-1");
    assert.equal(subnet["vpcId"], UNKNOWN);
    assert.equal(subnet["ipv6CidrBlock"], UNKNOWN);
    assert.equal(subnet["cidrBlock"], "10.0.0.0/19");
    assert.equal(inputsOf(expansion, "NatGateway", "net-1")["allocationId"], UNKNOWN);
  });

  it("depend on their parents, and by property on the sources of their inputs", async () => {
    const { children } = await expand({ natGateways: { strategy: "Single" } });
    const urn = (kind: string, name: string): string => child(children, kind, name).urn;
    const subnet = child(children, "Subnet", "net-private-2");
    assert.deepEqual(subnet.dependsOn, [urn("Vpc", "net")]);
    assert.deepEqual(subnet.propertyDependencies, {
      assignIpv6AddressOnCreation: [],
      availabilityZone: [],
      cidrBlock: [],
      mapPublicIpOnLaunch: [],
      tags: [],
      vpcId: [urn("Vpc", "net")],
    });
    const route = child(children, "Route", "net-private-2");
    assert.deepEqual(route.dependsOn, [urn("RouteTable", "net-private-2")]);
    assert.deepEqual(route.propertyDependencies, {
      destinationCidrBlock: [],
      natGatewayId: [urn("NatGateway", "net-1")],
      routeTableId: [urn("RouteTable", "net-private-2")],
    });
    assert.deepEqual(child(children, "Vpc", "net").dependsOn, []);
  });

  it("list inputs in the order of the AWS SDK, and omit absent ones", async () => {
    const { children } = await expand({
      region: "eu-west-1",
      assignGeneratedIpv6CidrBlock: true,
      enableDnsSupport: true,
    });
    for (const { kind, inputs } of children) {
      assert.deepEqual(Object.keys(inputs), Object.keys(inputs).sort(), kind);
      assert.ok(!Object.values(inputs).includes(undefined), kind);
      assert.equal(inputs["region"], "eu-west-1", kind);
    }
  });

  it("get every VPC argument that awsx passes on", async () => {
    const passed = {
      enableDnsHostnames: true,
      enableDnsSupport: false,
      enableNetworkAddressUsageMetrics: true,
      instanceTenancy: "dedicated",
      ipv4IpamPoolId: "ipam-pool-4",
      ipv6CidrBlockNetworkBorderGroup: "eu-central-1",
      ipv6IpamPoolId: "ipam-pool-6",
      ipv6NetmaskLength: 56,
    };
    const expansion = await expand({ ...passed, cidrBlock: "10.9.0.0/16" });
    const expected = { ...passed, cidrBlock: "10.9.0.0/16", tags: { Name: "net" } };
    assert.deepEqual(inputsOf(expansion, "Vpc", "net"), expected);
  });
});

describe("NAT gateways", () => {
  it("are created in each zone by default, and each serves its own zone", async () => {
    const expansion = await expand({});
    assert.equal(count(expansion, "NatGateway"), 3);
    assert.equal(count(expansion, "Eip"), 3);
    assert.equal(inputsOf(expansion, "Route", "net-private-2")["natGatewayId"], "natgateway-net-2");
  });

  it("are not created under None, and private subnets then have no default route", async () => {
    const expansion = await expand({ natGateways: { strategy: "None" } });
    assert.equal(count(expansion, "NatGateway") + count(expansion, "Eip"), 0);
    assert.deepEqual(
      expansion.children.filter(({ kind }) => kind === "Route").map(({ name }) => name),
      ["net-public-1", "net-public-2", "net-public-3"],
    );
  });

  it("use the given Elastic IP addresses instead of new ones", async () => {
    const natGateways = { elasticIpAllocationIds: ALLOCATIONS };
    const expansion = await expand({ numberOfAvailabilityZones: 2, natGateways });
    assert.equal(count(expansion, "Eip"), 0);
    assert.equal(inputsOf(expansion, "NatGateway", "net-2")["allocationId"], "eipalloc-2");
    assert.deepEqual(expansion.outputs["eips"], []);
  });
});

describe("IPv6", () => {
  it("gives every subnet its own /64 of the VPC's /56", async () => {
    const expansion = await expand({ numberOfAvailabilityZones: 2, assignGeneratedIpv6CidrBlock: true });
    const subnets = expansion.children.filter(({ kind }) => kind === "Subnet");
    assert.deepEqual(
      subnets.map(({ name, inputs }) => [
        name,
        inputs["ipv6CidrBlock"],
        inputs["assignIpv6AddressOnCreation"],
      ]),
      [
        ["net-public-1", "2600:1f13:abc:de00::/64", true],
        ["net-private-1", "2600:1f13:abc:de02::/64", true],
        ["net-public-2", "2600:1f13:abc:de01::/64", true],
        ["net-private-2", "2600:1f13:abc:de03::/64", true],
      ],
    );
  });

  it("leaves out subnets that opt out", async () => {
    const subnetSpecs = [{ type: "Public", assignIpv6AddressOnCreation: false }, { type: "Private" }];
    const expansion = await expand({
      assignGeneratedIpv6CidrBlock: true,
      subnetSpecs,
      subnetStrategy: "Auto",
    });
    assert.equal("ipv6CidrBlock" in inputsOf(expansion, "Subnet", "net-public-1"), false);
    assert.equal(inputsOf(expansion, "Subnet", "net-private-1")["ipv6CidrBlock"], "2600:1f13:abc:de03::/64");
  });
});
