import { at, type Graph, listAt, shortType, textOf } from "../cost/graph";
import type { Resource } from "../engine/resource";
import type { Value } from "../values";
import { isMap } from "../values";
import { kindOf } from "./kinds";
import type { Frame } from "./model";

/** The Internet access of subnets. */
export type Reach = Extract<Frame["kind"], "public" | "private" | "isolated" | "subnets">;

/** A subnet that the program declares, or refers to by id. */
export interface KnownSubnet {
  readonly key: string;
  readonly resource: Resource | undefined;
  /** The frame of its VPC. */
  readonly vpc: string;
  readonly reach: Reach;
  /** Empty if it isn't known. */
  readonly zone: string;
  readonly label: string;
}

/** The place of a resource in the drawing. */
export interface Place {
  readonly frame: string;
  readonly zones: readonly string[];
}

const VPCS = ["ec2/vpc", "ec2/defaultVpc"];
const SUBNETS = ["ec2/subnet", "ec2/defaultSubnet"];

/** Properties that contain the subnets of a resource. */
const PLACING = /subnet|zoneIdentifiers|network|vpc(config|options)/i;

/** Whether a property says where a resource is, rather than what it uses. */
export function isPlacing(property: string): boolean {
  return PLACING.test(property) || /^(vpcId|routeTableIds?)$/.test(property);
}

/** Types that are in the default VPC unless they name another. */
const ALWAYS_IN_A_VPC = new Set(["ec2/instance", "lb/loadBalancer", "autoscaling/group", "elb/loadBalancer"]);

/** The id of the frame around subnets of a VPC. */
export function reachFrame(vpc: string, reach: Reach): string {
  return `${vpc}|${reach}`;
}

/** VPCs and subnets, including those that are only referred to, and the resources in them. */
export class Network {
  /** By their frames' ids; a VPC that is only referred to has no resource. */
  readonly vpcs = new Map<string, { readonly resource: Resource | undefined; readonly region: string }>();
  readonly subnets = new Map<string, KnownSubnet>();

  constructor(private readonly graph: Graph) {
    for (const resource of ofTypes(graph, VPCS)) this.addVpc(resource.urn, resource, this.regionOf(resource));
    for (const resource of ofTypes(graph, SUBNETS)) {
      const vpc = this.vpcOf([resource]) ?? this.onlyVpc() ?? this.namedVpc("default", resource);
      const zone =
        textOf(resource.inputs["availabilityZone"]) ?? textOf(resource.outputs["availabilityZone"]) ?? "";
      const cidr = textOf(resource.inputs["cidrBlock"]) ?? textOf(resource.outputs["cidrBlock"]) ?? "";
      const label = [zone, cidr].filter((part) => part !== "").join("  ");
      const known = { key: resource.urn, resource, vpc, reach: this.reachOf(resource), zone };
      this.subnets.set(resource.urn, { ...known, label: label === "" ? resource.name : label });
    }
  }

  /** The Region of a resource, or of its provider. */
  regionOf(resource: Resource): string {
    return this.graph.regionOf(resource) || this.graph.region;
  }

  /**
   * The place of a resource, by its own settings and by those of its parts.
   *
   * @param main - the resource that the box is named after
   * @param members - all resources in the box
   * @returns undefined if it isn't in a VPC
   */
  placeOf(main: Resource, members: readonly Resource[]): Place | undefined {
    const inner = members.filter((member) => member === main || PLACES.has(shortType(member.type) ?? ""));
    const subnets = inner.flatMap((member) => this.subnetsOf(member, main));
    if (subnets.length > 0) return placeIn(subnets, main);
    const vpc = this.vpcOf([main, ...inner]);
    const zone = textOf(main.inputs["availabilityZone"]);
    const zones =
      zone === undefined
        ? listAt(main.inputs, "availabilityZones").flatMap((one) => textOf(one) ?? [])
        : [zone];
    if (vpc !== undefined) return { frame: vpc, zones };
    return ALWAYS_IN_A_VPC.has(shortType(main.type) ?? "")
      ? { frame: this.namedVpc("default", main), zones }
      : undefined;
  }

  private subnetsOf(member: Resource, main: Resource): KnownSubnet[] {
    const properties = Object.keys(member.inputs).filter((property) => PLACING.test(property));
    const texts = properties.flatMap((property) => textsIn(member.inputs[property]));
    const byId = texts.flatMap((text) => this.byId(text, member, main) ?? []);
    if (byId.length > 0) return byId;
    const urns = properties.flatMap((property) => member.propertyDependencies[property] ?? []);
    return [...new Set(urns)].flatMap((urn) => this.subnets.get(urn) ?? []);
  }

  private byId(text: string, member: Resource, main: Resource): KnownSubnet | undefined {
    if (!text.startsWith("subnet-")) return undefined;
    const declared = [...this.subnets.values()].find(({ resource }) => resource?.id === text);
    if (declared !== undefined) return declared;
    const vpc = this.vpcOf([member]) ?? this.onlyNamedVpc() ?? this.namedVpc("existing", main);
    const known = this.subnets.get(text);
    // In AWS, Internet-facing load balancers are in public subnets.
    const reach = isInternetFacing(main) ? "public" : (known?.reach ?? "subnets");
    const subnet = {
      key: text,
      resource: undefined,
      vpc: known?.vpc ?? vpc,
      reach,
      zone: "",
      label: text,
    } as const;
    this.subnets.set(text, subnet);
    return subnet;
  }

  /** The frame of the VPC that resources refer to. */
  private vpcOf(resources: readonly Resource[]): string | undefined {
    for (const resource of resources) {
      for (const type of VPCS) {
        const [vpc] = "vpcId" in resource.inputs ? this.graph.linked(resource, "vpcId", type) : [];
        if (vpc !== undefined) return vpc.urn;
      }
      const id = textOf(resource.inputs["vpcId"]) ?? textOf(resource.outputs["vpcId"]);
      const known = [...this.vpcs].find(([, vpc]) => id !== undefined && vpc.resource?.id === id);
      if (known !== undefined) return known[0];
      if (id?.startsWith("vpc-")) return this.namedVpc(id, resource);
    }
    return undefined;
  }

  /** Security groups and target groups show the VPC of other resources. */
  nameVpcs(): void {
    for (const type of ["ec2/securityGroup", "lb/targetGroup"])
      for (const resource of this.graph.ofType(type)) this.vpcOf([resource]);
  }

  private onlyVpc(): string | undefined {
    const [first, ...others] = this.vpcs.keys();
    return others.length === 0 ? first : undefined;
  }

  private onlyNamedVpc(): string | undefined {
    const named = [...this.vpcs].filter(([, { resource }]) => resource === undefined);
    return named.length === 1 ? named[0]?.[0] : undefined;
  }

  private namedVpc(id: string, of: Resource): string {
    const [declared] = id === "default" ? this.graph.ofType("ec2/defaultVpc") : [];
    if (declared !== undefined) return declared.urn;
    const frame = `vpc:${id}`;
    this.addVpc(frame, undefined, this.regionOf(of));
    return frame;
  }

  private addVpc(frame: string, resource: Resource | undefined, region: string): void {
    if (!this.vpcs.has(frame)) this.vpcs.set(frame, { resource, region });
  }

  /**
   * A subnet is public if its route table has a route to an Internet gateway.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types
   */
  private reachOf(subnet: Resource): Reach {
    if (shortType(subnet.type) === "ec2/defaultSubnet") return "public";
    const own = this.graph
      .ofType("ec2/routeTableAssociation")
      .filter((association) => this.graph.linked(association, "subnetId", "ec2/subnet").includes(subnet))
      .flatMap((association) => this.tablesOf(association));
    const vpc = this.vpcOf([subnet]);
    const main = [
      ...this.graph.ofType("ec2/mainRouteTableAssociation"),
      ...this.graph.ofType("ec2/defaultRouteTable"),
    ].filter((one) => this.vpcOf([one]) === vpc || isRelated(one, vpc));
    const tables = own.length > 0 ? own : main.flatMap((one) => [one, ...this.tablesOf(one)]);
    const gateways = tables.flatMap((table) => this.gatewaysOf(table));
    if (gateways.includes("internetGateway")) return "public";
    if (gateways.includes("natGateway")) return "private";
    if (tables.length > 0) return "isolated";
    return textOf(subnet.inputs["mapPublicIpOnLaunch"]) === "true" ? "public" : "subnets";
  }

  private tablesOf(association: Resource): Resource[] {
    return ["ec2/routeTable", "ec2/defaultRouteTable"].flatMap((type) =>
      this.graph.linked(association, "routeTableId", type),
    );
  }

  private gatewaysOf(table: Resource): string[] {
    const routes = this.graph.ofType("ec2/route").filter((route) => this.tablesOf(route).includes(table));
    const inline: [Resource, string][] = [[table, "routes"]];
    const all = [
      ...routes.flatMap((route) => ROUTE_TARGETS.map((target) => [route, target] as const)),
      ...inline,
    ];
    return all.flatMap(([resource, property]) => {
      const urns = resource.propertyDependencies[property] ?? [];
      const types = urns.map((urn) => urn.split("::")[2]?.split(":").at(-1) ?? "");
      const ids = textsIn(resource.inputs[property]);
      return [
        ...(types.includes("InternetGateway") || ids.some((id) => id.startsWith("igw-"))
          ? ["internetGateway"]
          : []),
        ...(types.includes("NatGateway") || ids.some((id) => id.startsWith("nat-")) ? ["natGateway"] : []),
      ];
    });
  }
}

const ROUTE_TARGETS = ["gatewayId", "natGatewayId"];

/** Types that show the place of another resource. */
const PLACES = new Set([
  "rds/subnetGroup",
  "elasticache/subnetGroup",
  "redshift/subnetGroup",
  "docdb/subnetGroup",
  "neptune/subnetGroup",
  "dax/subnetGroup",
  "efs/mountTarget",
  "ec2/launchTemplate",
  "ec2/networkInterface",
  "lb/targetGroup",
  "ec2/securityGroup",
]);

/** True for a load balancer that may be Internet-facing. */
export function isInternetFacing({ type, inputs }: Resource): boolean {
  return /^e?lb\/loadBalancer$/.test(shortType(type) ?? "") && textOf(inputs["internal"]) !== "true";
}

/**
 * The frame of the best matching subnets. In a preview a program's list may contain all subnets of a component. Of
 * these, Internet-facing resources are in the public ones, and all others in the other ones.
 */
function placeIn(subnets: readonly KnownSubnet[], main: Resource): Place {
  const isPublic =
    isInternetFacing(main) || textOf(at(main.inputs, "networkConfiguration.assignPublicIp")) === "true";
  const order: readonly Reach[] = isPublic
    ? ["public", "subnets", "private", "isolated"]
    : ["private", "isolated", "subnets", "public"];
  const reach = order.find((one) => subnets.some((subnet) => subnet.reach === one)) ?? "subnets";
  const chosen = subnets.filter((subnet) => subnet.reach === reach);
  const zones = chosen.map(({ zone }) => zone).filter((zone) => zone !== "");
  return { frame: reachFrame(chosen[0]?.vpc ?? "", reach), zones: [...new Set(zones)].sort() };
}

function isRelated({ propertyDependencies }: Resource, vpc: string | undefined): boolean {
  return vpc !== undefined && Object.values(propertyDependencies).flat().includes(vpc);
}

function ofTypes(graph: Graph, types: readonly string[]): Resource[] {
  return types.flatMap((type) => graph.ofType(type));
}

/** All strings in a value. */
export function textsIn(value: Value | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (isMap(value)) return Object.values(value).flatMap(textsIn);
  const text = textOf(value);
  return text === undefined ? [] : [text];
}

/** Whether something is drawn as a frame. */
export function isFrame(resource: Resource): boolean {
  return kindOf(resource)?.role === "frame";
}
