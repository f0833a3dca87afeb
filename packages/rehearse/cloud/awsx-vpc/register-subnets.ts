import { mergeTags, registerChild } from "../awsx/children";
import type { Child } from "../awsx/children";
import { ipv6SubnetBlock } from "./ipv6";
import { hostsNatGateway } from "./nat";
import { Output, settle } from "../awsx/output";
import type { Scope } from "./scope";
import type { PlannedSubnet } from "./layout";

/** A registered subnet. */
export interface SubnetChild {
  readonly child: Child;
  /** `public`, `private` or `isolated`. */
  readonly kind: Kind;
  readonly zone: string;
}

/** The children that carry a VPC's traffic, each list in the order of registration. */
export interface Network {
  readonly subnets: SubnetChild[];
  readonly routeTables: Child[];
  readonly routeTableAssociations: Child[];
  readonly routes: Child[];
  readonly natGateways: Child[];
  readonly eips: Child[];
}

/** In the order they are registered: a private subnet's route needs the NAT gateway of a public one. */
const KINDS = ["public", "private", "isolated"] as const;
type Kind = (typeof KINDS)[number];

/** Registers the subnets, zone by zone, with their children. */
export async function registerSubnets(
  scope: Scope,
  planned: readonly PlannedSubnet[],
  internetGateway: Child,
): Promise<Network> {
  const network: Network = {
    subnets: [],
    routeTables: [],
    routeTableAssociations: [],
    routes: [],
    natGateways: [],
    eips: [],
  };
  for (const [zoneIndex, zone] of scope.zones.entries()) {
    const inZone = planned
      .filter((subnet) => subnet.zone === zone && subnet.type !== "Unused")
      .sort((a, b) => KINDS.indexOf(kindOf(a)) - KINDS.indexOf(kindOf(b)));
    for (const [position, subnet] of inZone.entries()) {
      const ipv6Index = zoneIndex + position * scope.zones.length;
      await registerSubnet(scope, network, subnet, zoneIndex, ipv6Index, internetGateway);
    }
  }
  return network;
}

/** Registers a subnet, its route table, the NAT gateway it may host, and its route to the internet. */
async function registerSubnet(
  { host, name, args, vpc, tags }: Scope,
  network: Network,
  planned: PlannedSubnet,
  zoneIndex: number,
  ipv6Index: number,
  internetGateway: Child,
): Promise<void> {
  const { region } = args.given;
  const { resourceName } = planned;
  const kind = kindOf(planned);
  const ownTags = { Name: planned.nameTag, SubnetType: planned.type };
  const assignIpv6AddressOnCreation = assignsIpv6(planned, args.given["assignGeneratedIpv6CidrBlock"]);

  const subnet = await registerChild(
    host,
    "aws:ec2/subnet:Subnet",
    resourceName,
    {
      assignIpv6AddressOnCreation,
      availabilityZone: planned.zone,
      cidrBlock: planned.cidrBlock,
      ipv6CidrBlock: ipv6Block(vpc.output("ipv6CidrBlock"), assignIpv6AddressOnCreation, ipv6Index),
      mapPublicIpOnLaunch: kind === "public",
      region,
      tags: mergeTags(tags, planned.tags, ownTags),
      vpcId: vpc.id,
    },
    vpc,
  );
  network.subnets.push({ child: subnet, kind, zone: planned.zone });

  const routeTable = await registerChild(
    host,
    "aws:ec2/routeTable:RouteTable",
    resourceName,
    { region, tags: mergeTags(tags, ownTags), vpcId: vpc.id },
    subnet,
  );
  network.routeTables.push(routeTable);

  network.routeTableAssociations.push(
    await registerChild(
      host,
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      resourceName,
      { region, routeTableId: routeTable.id, subnetId: subnet.id },
      routeTable,
    ),
  );

  const { natGatewayStrategy } = args;
  if (kind === "public" && hostsNatGateway(natGatewayStrategy, network.natGateways.length, zoneIndex)) {
    await registerNatGateway(host, args, network, `${name}-${zoneIndex + 1}`, zoneIndex, subnet);
  }

  const target = routeTarget(kind, natGatewayStrategy, network.natGateways, zoneIndex, internetGateway);
  if (!target) return;
  network.routes.push(
    await registerChild(
      host,
      "aws:ec2/route:Route",
      resourceName,
      { destinationCidrBlock: "0.0.0.0/0", ...target, region, routeTableId: routeTable.id },
      routeTable,
    ),
  );
}

/** Registers a NAT gateway, with a new Elastic IP address if none is given. */
async function registerNatGateway(
  host: Scope["host"],
  { given, elasticIpAllocationIds }: Scope["args"],
  network: Network,
  name: string,
  zoneIndex: number,
  subnet: Child,
): Promise<void> {
  const { region } = given;
  const tags = mergeTags(given["tags"], { Name: name });
  let allocationId = elasticIpAllocationIds[zoneIndex];
  if (elasticIpAllocationIds.length === 0) {
    const eip = await registerChild(host, "aws:ec2/eip:Eip", name, { region, tags }, subnet);
    network.eips.push(eip);
    allocationId = eip.output("allocationId");
  }
  network.natGateways.push(
    await registerChild(
      host,
      "aws:ec2/natGateway:NatGateway",
      name,
      { allocationId, region, subnetId: subnet.id, tags },
      subnet,
    ),
  );
}

/** The target of traffic that leaves the VPC; undefined if there is none. */
function routeTarget(
  kind: Kind,
  natGatewayStrategy: string,
  natGateways: readonly Child[],
  zoneIndex: number,
  internetGateway: Child,
): { readonly gatewayId: Output } | { readonly natGatewayId: Output } | undefined {
  if (kind === "public") return { gatewayId: internetGateway.id };
  const natGateway = natGateways[natGatewayStrategy.toLowerCase() === "single" ? 0 : zoneIndex];
  return kind === "private" && natGateway ? { natGatewayId: natGateway.id } : undefined;
}

/** A subnet that is neither public nor private gets no route: it is isolated. */
function kindOf({ type }: PlannedSubnet): Kind {
  const kind = type.toLowerCase();
  return kind === "public" || kind === "private" ? kind : "isolated";
}

/** The subnet's own setting, else the VPC's; unknown if either is unknown. */
function assignsIpv6(planned: PlannedSubnet, ofVpc: Scope["args"]["given"][string]): Output {
  const own = settle(planned.assignIpv6AddressOnCreation);
  return Output.both(own, settle(ofVpc)).map(([subnet, vpc]) => subnet ?? vpc ?? false);
}

/**
 * The subnet's part of the VPC's IPv6 block; none if it assigns no IPv6 addresses, which is decided only once the
 * VPC's block is known.
 */
function ipv6Block(vpcBlock: Output, assigns: Output, index: number): Output {
  return Output.both(vpcBlock, assigns).map(([block, assigned]) => {
    if (!assigned) return undefined;
    if (typeof block !== "string" || block === "") {
      throw new Error(
        "A subnet has assignIpv6AddressOnCreation, but the VPC has no IPv6 block: set assignGeneratedIpv6CidrBlock, " +
          "or give ipv6CidrBlock.",
      );
    }
    return ipv6SubnetBlock(block, index);
  });
}
