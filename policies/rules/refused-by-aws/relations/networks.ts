import { parseCidr } from "../../../cidr";
import type { AddressRange } from "../../../cidr";
import { read } from "../../../read";
import type { Reading } from "../../../read";
import {
  CLASSIC_LOAD_BALANCER,
  ELASTIC_IP,
  INSTANCE,
  INTERNET_GATEWAY,
  INTERNET_GATEWAY_ATTACHMENT,
  isOf,
  LOAD_BALANCER,
  NAT_GATEWAY,
  PEERING,
  SECURITY_GROUP,
  SUBNET,
  VPC,
  VPC_RANGE,
} from "../../../resources";
import type { StackSubject } from "../../../rule";
import { given } from "../../../stack";
import type { Stack } from "../../../stack";
import { VOLUME } from "../api-prose/types";
import { block, groupBy, referenceKey, single, text } from "../known";
import { countPlaces, countZones } from "../zones";
import type { Place } from "../zones";
import { isSet, type Relation, unique } from "./relation";
import { vpcOf } from "./same-vpc";
import { DATABASE_SUBNET_GROUP, EKS_CLUSTER, VOLUME_ATTACHMENT } from "./types";

const EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_";
const LOAD_BALANCING = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_";

const RANGE_FIX = '{ cidrBlock: "10.0.1.0/24" }, a part of the VPC\'s range that no other subnet has';

const SUBNET_LISTS: readonly Place[] = [
  { property: "subnets" },
  { property: "subnetMappings", key: "subnetId" },
];

/** Relations of VPCs, subnets and the resources in them. */
export const networks: readonly Relation[] = [
  {
    of: SUBNET,
    source: `${EC2}CreateSubnet.html`,
    fix: RANGE_FIX,
    judge(stack) {
      const rangesOf = rangesByVpc(stack);
      const placed = [...groupBy(stack.ofTypes(SUBNET), vpcOf(stack))].map(([vpc, subnets]) => ({
        ranges: rangesOf.get(vpc),
        subnets: subnets.flatMap((subnet) => {
          const range = rangeOf(read(subnet.props, ["cidrBlock"]));
          return range === undefined ? [] : [{ ...range, subnet }];
        }),
      }));
      const earlierOf = new Map(
        placed.flatMap(({ subnets }) =>
          overlaps(subnets).map(([later, earlier]) => [later.subnet, earlier.subnet] as const),
        ),
      );
      const outside = new Set(
        placed
          .flatMap(({ ranges, subnets }) =>
            subnets.filter((one) => ranges?.some((range) => liesWithin(one, range)) === false),
          )
          .map(({ subnet }) => subnet),
      );
      return (subnet) => {
        const earlier = earlierOf.get(subnet);
        return [
          earlier && `cidrBlock overlaps that of subnet "${earlier.name}" in the same VPC; it must not`,
          outside.has(subnet)
            ? "cidrBlock lies outside the VPC's ranges; it must lie within one of them"
            : undefined,
        ];
      };
    },
  },
  {
    of: PEERING,
    source: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations",
    fix: '{ cidrBlock: "10.1.0.0/16" } of one and "10.2.0.0/16" of the other',
    judge(stack) {
      const rangesOf = rangesByVpc(stack);
      const vpcsOf = stack.to(VPC);
      return (peering) => {
        const [near, far] = ["vpcId", "peerVpcId"].map((property) => {
          const vpc = single(vpcsOf(peering, property));
          return (vpc === undefined ? undefined : rangesOf.get(vpc.urn)) ?? [];
        });
        const shares = near?.some((one) => far?.some((other) => overlaps([one, other]).length > 0));
        return [
          shares === true
            ? "vpcId and peerVpcId name VPCs whose addresses overlap; they must not"
            : undefined,
        ];
      };
    },
  },
  {
    of: [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER],
    source: `${LOAD_BALANCING}CreateLoadBalancer.html`,
    fix: "{ subnets: [subnetInZoneA.id, subnetInZoneB.id] }",
    judge: (stack) => (balancer) =>
      SUBNET_LISTS.map((place) => {
        const zones = countZones(stack, balancer, place);
        const count = countPlaces(balancer, place);
        return zones === undefined || count === undefined || zones >= count
          ? undefined
          : `${place.property} has ${count} elements, but two of the subnets lie in the same zone; each must lie in a different zone`;
      }),
  },
  {
    of: [...INTERNET_GATEWAY, ...INTERNET_GATEWAY_ATTACHMENT],
    source: "Network vpc-… already has an internet gateway attached",
    fix: "one aws.ec2.InternetGateway for each VPC: { gatewayId: gateway.id } of all routes",
    judge: unique(
      [...INTERNET_GATEWAY, ...INTERNET_GATEWAY_ATTACHMENT],
      vpcOf,
      (_, first) =>
        `vpcId is also the VPC of internet gateway "${first.name}"; AWS allows only one for each VPC`,
    ),
  },
  {
    of: NAT_GATEWAY,
    source: "Resource.AlreadyAssociated: Elastic IP address is already associated",
    fix: "{ allocationId: another.id }, an aws.ec2.Eip for each NAT gateway",
    judge: unique(
      NAT_GATEWAY,
      (stack) => {
        const addressesOf = stack.to(ELASTIC_IP, ["id", "allocationId"]);
        return (gateway) => referenceKey(gateway, "allocationId", addressesOf);
      },
      (_, first) => `allocationId is also that of NAT gateway "${first.name}"; it must be unique`,
    ),
  },
  {
    of: EKS_CLUSTER,
    source: "Subnets specified must be in at least two different AZs",
    fix: "{ vpcConfig: { subnetIds: [subnetInZoneA.id, subnetInZoneB.id] } }",
    // A cluster on an Outpost is in one place.
    judge: (stack) => (cluster) =>
      isSet(cluster, "outpostConfig") ? [] : [zoneProblem(stack, block(cluster, "vpcConfig"), "vpcConfig.")],
  },
  {
    of: DATABASE_SUBNET_GROUP,
    source: "DBSubnetGroupDoesNotCoverEnoughAZs",
    fix: "{ subnetIds: [subnetInZoneA.id, subnetInZoneB.id] }",
    judge: (stack) => {
      const subnetsOf = stack.to(SUBNET);
      return (group) => {
        const subnets = subnetsOf(group, "subnetIds");
        // RDS accepts a single zone on an Outpost, or in a Local Zone.
        const isRegional = subnets.every(
          (subnet) =>
            !isSet(subnet, "outpostArn") &&
            /^([a-z]+-){2,3}\d[a-z]$/.test(text(given(subnet, "availabilityZone")) ?? "eu-west-1a"),
        );
        return [subnets.length > 0 && isRegional ? zoneProblem(stack, group) : undefined];
      };
    },
  },
  {
    of: VOLUME_ATTACHMENT,
    source: "InvalidVolume.ZoneMismatch: The volume is not in the same availability zone as instance",
    fix: "{ availabilityZone: instance.availabilityZone } of the volume",
    judge(stack) {
      const volumesOf = stack.to(VOLUME);
      const instancesOf = stack.to(INSTANCE);
      const subnetsOf = stack.to(SUBNET);
      const zoneOf = (one: StackSubject | undefined): string | undefined =>
        one && text(given(one, "availabilityZone"));
      return (attachment) => {
        const volume = single(volumesOf(attachment, "volumeId"));
        const instance = single(instancesOf(attachment, "instanceId"));
        const here = zoneOf(volume);
        const there = zoneOf(instance) ?? zoneOf(instance && single(subnetsOf(instance, "subnetId")));
        return [
          here === undefined || there === undefined || here === there
            ? undefined
            : `Volume "${volume!.name}" and instance "${instance!.name}" lie in different zones; they must lie in the same zone`,
        ];
      };
    },
  },
];

/** All ranges of each VPC in the stack, by URN, without VPCs that have an unknown range. */
function rangesByVpc(stack: Stack): Map<string, readonly AddressRange[]> {
  const further = groupBy(stack.ofTypes(VPC_RANGE), vpcOf(stack));
  // A range whose VPC is not known may belong to any VPC.
  const strays = stack.ofTypes(VPC_RANGE).length - [...further.values()].flat().length;
  if (strays > 0) return new Map();
  return new Map(
    stack.ofTypes(VPC).flatMap((vpc): [string, AddressRange[]][] => {
      const ranges = [vpc, ...(further.get(vpc.urn) ?? [])].map(({ props }) =>
        rangeOf(read(props, ["cidrBlock"])),
      );
      const known = ranges.filter((range) => range !== undefined);
      return known.length === ranges.length ? [[vpc.urn, known]] : [];
    }),
  );
}

/** `cidrBlock` is for IPv4 only. */
function rangeOf(cidrBlock: Reading): AddressRange | undefined {
  const range = parseCidr(text(cidrBlock) ?? "");
  return range?.version === 4 ? range : undefined;
}

/** True if one range is within the other, of the same IP version. */
function liesWithin(inner: AddressRange, outer: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * Finds the ranges, all of one IP version, that overlap an earlier one in the order of first addresses, each with one
 * that it overlaps. Sorts the ranges and then makes a single pass.
 */
export function overlaps<T extends AddressRange>(ranges: readonly T[]): [later: T, earlier: T][] {
  const sorted = [...ranges].sort(
    (one, other) => Number(one.first - other.first) || Number(other.last - one.last),
  );
  const found: [T, T][] = [];
  let furthest: T | undefined;
  for (const range of sorted) {
    if (furthest !== undefined && range.first <= furthest.last) found.push([range, furthest]);
    if (furthest === undefined || range.last > furthest.last) furthest = range;
  }
  return found;
}

/** What is wrong if all of `subnetIds` are certainly in one zone. */
function zoneProblem(stack: Stack, resource: StackSubject, within = ""): string | undefined {
  const place = { property: "subnetIds" };
  const sources = (resource.propertyDependencies["subnetIds"] ?? []).filter(
    (source) => !isOf(SECURITY_GROUP, source),
  );
  const subnets = { ...resource, propertyDependencies: { subnetIds: sources } };
  const count = countPlaces(subnets, place) ?? Infinity;
  // Subnets that are not in the stack may be in any zone.
  const isOne = count === 1 || (count <= sources.length && countZones(stack, subnets, place) === 1);
  return isOne ? `${within}subnetIds lie in one zone; they must lie in at least two` : undefined;
}
