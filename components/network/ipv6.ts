import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { MAX_ZONES } from "./cidr";
import { named, type Tags } from "../naming";

/**
 * The IPv6 range of a subnet: the `index`th /64 of the VPC's /56.
 *
 * @param anyOfVpc - a range of the VPC with its fourth group written out: `2600:1f13:abc:de00::/56`, or any /64
 * @param index - 0 to 255
 * @throws RangeError when the range is written otherwise
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html#subnet-sizing-ipv6
 */
export function subnetRange(anyOfVpc: string, index: number): string {
  const match = /^((?:[0-9a-f]{1,4}:){3})([0-9a-f]{1,4})::\/(?:56|64)$/i.exec(anyOfVpc);
  if (match === null || !Number.isInteger(index) || index < 0 || index > 255) {
    throw new RangeError(
      `${anyOfVpc} has no /64 number ${index}: it must be a range like 2600:1f13:abc:de00::/56, and the number 0 to 255.`,
    );
  }
  const [, head = "", fourth = ""] = match;
  const group = (parseInt(fourth, 16) & 0xff00) | index;
  return `${head}${group.toString(16)}::/64`;
}

/**
 * Gives each subnet of an `awsx.ec2.Vpc` an IPv6 range of its own for good: by its zone's place and its kind.
 * awsx counts on over the number of zones, so with one zone more the private subnets would want each other's
 * ranges, which AWS refuses.
 *
 * @param availabilityZones - names of the zones, in order
 */
export function steadySubnetRanges(availabilityZones: readonly string[]): pulumi.ResourceTransform {
  return ({ type, props, opts }) => {
    if (type !== "aws:ec2/subnet:Subnet") return undefined;
    const ipv6CidrBlock = pulumi
      .all([props["ipv6CidrBlock"], props["availabilityZone"], props["tags"]])
      .apply(([range, zone, tags]: [string, string, Readonly<Record<string, string>>]) => {
        const kind = tags["SubnetType"] === "Public" ? 0 : 1;
        return subnetRange(range, availabilityZones.indexOf(zone) + kind * MAX_ZONES);
      });
    return { props: { ...props, ipv6CidrBlock }, opts };
  };
}

/** Arguments of {@link createIpv6Routes}. */
export interface Ipv6RoutesArgs {
  /** Id of the VPC. */
  readonly vpcId: pulumi.Input<string>;
  /** Names of the Availability Zones, in order. */
  readonly availabilityZones: readonly string[];
  /** Ids of the route tables, in awsx's order: of each zone the public subnet's, then the private one's. */
  readonly routeTableIds: pulumi.Output<string[]>;
  /** Id of the internet gateway. */
  readonly internetGatewayId: pulumi.Input<string>;
  /** Whether private subnets have a way out. */
  readonly fromPrivateSubnets: boolean;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * The routes to all of IPv6's internet, which awsx leaves out: public subnets' through the internet gateway, both
 * ways; private subnets' through an egress-only one, that lets nobody in and costs nothing.
 *
 * @returns the ids of the routes of private subnets
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
 */
export function createIpv6Routes(
  name: string,
  args: Ipv6RoutesArgs,
  parent: pulumi.Resource,
): readonly pulumi.Output<string>[] {
  const routes = (kind: string, offset: number, gateway: Partial<aws.ec2.RouteArgs>): aws.ec2.Route[] =>
    args.availabilityZones.map(
      (_, index) =>
        new aws.ec2.Route(
          `${name}-ipv6-${kind}-${index + 1}`,
          {
            routeTableId: args.routeTableIds.apply((ids) => ids[2 * index + offset] ?? ""),
            destinationIpv6CidrBlock: "::/0",
            ...gateway,
          },
          { parent },
        ),
    );
  routes("public", 0, { gatewayId: args.internetGatewayId });
  if (!args.fromPrivateSubnets) return [];
  const egressOnly = new aws.ec2.EgressOnlyInternetGateway(
    `${name}-egress-only`,
    { vpcId: args.vpcId, tags: named(args.tags, `${name}-egress-only`) },
    { parent },
  );
  return routes("private", 1, { egressOnlyGatewayId: egressOnly.id }).map(({ id }) => id);
}
