import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { MAX_ZONES } from "./cidr";
import { named, type Tags } from "../naming";

/**
 * The IPv6 range of a subnet: the `index`th /64 of the VPC's /56.
 *
 * @param anyOfVpc - the VPC's range or any of its /64 ranges, with the fourth group written out:
 *   `2600:1f13:abc:de00::/56`
 * @param index - 0 to 255
 * @throws RangeError if the range has another form
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
 * Gives each subnet of an `awsx.ec2.Vpc` a stable IPv6 range, derived from its zone's position and its kind.
 * awsx numbers the ranges by the number of zones, so that with an additional zone private subnets would get
 * each other's ranges, which AWS refuses.
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
  /**
   * Ids of the route tables, in awsx's order: for each zone the public subnet's, then the private subnet's.
   */
  readonly routeTableIds: pulumi.Output<string[]>;
  /** Id of the internet gateway. */
  readonly internetGatewayId: pulumi.Input<string>;
  /** Whether private subnets can reach the internet. */
  readonly fromPrivateSubnets: boolean;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * Creates the default IPv6 routes, which awsx doesn't: for public subnets through the internet gateway, in
 * both directions; for private subnets through an egress-only internet gateway, which allows no inbound
 * connections and is free.
 *
 * @returns the ids of the private subnets' routes
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
