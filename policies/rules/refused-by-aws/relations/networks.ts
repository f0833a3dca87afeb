import { parseCidr } from "../../../cidr";
import type { AddressRange } from "../../../cidr";
import { isList, read, readList } from "../../../read";
import type { Reading } from "../../../read";
import {
  AUTO_SCALING_GROUP,
  CLASSIC_LOAD_BALANCER,
  isOf,
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  PEERING,
  SECURITY_GROUP,
  SUBNET,
  TARGET_GROUP,
  VPC,
  VPC_RANGE,
} from "../../../resources";
import type { StackSubject } from "../../../rule";
import type { Follow, Stack } from "../../../stack";
import { groupBy, referenceKey, single, text } from "../known";
import { countPlaces, countZones } from "../zones";
import type { Place } from "../zones";
import type { Relation } from "./relation";

const EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_";
const LOAD_BALANCING = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_";

const RANGE_FIX = '{ cidrBlock: "10.0.1.0/24" }, a part of the VPC\'s range that no other subnet has';
const VPC_FIX = "{ vpcId: vpc.id }, the same in the subnets, the security groups and the target groups";

const SUBNET_LISTS: readonly Place[] = [
  { property: "subnets" },
  { property: "subnetMappings", key: "subnetId" },
];

/** Lists of which all elements lie in one VPC. */
const SPREAD = [
  [LOAD_BALANCER, "subnets", SUBNET],
  [LOAD_BALANCER, "securityGroups", SECURITY_GROUP],
  [AUTO_SCALING_GROUP, "vpcZoneIdentifiers", SUBNET],
] as const;

/** What belongs together of VPCs, subnets and what lies in them. */
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
      const vpcsOf = stack.to(VPC, ["id"]);
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
          : `${place.property} has ${count} elements and two of the subnets lie in one zone; each must lie in another`;
      }),
  },
  {
    of: [...LOAD_BALANCER, ...AUTO_SCALING_GROUP, ...LISTENER, ...LISTENER_RULE],
    source: `${LOAD_BALANCING}CreateLoadBalancer.html`,
    fix: VPC_FIX,
    judge(stack) {
      const vpcsAt = placesOf(stack);
      const endsOf = endsIn(stack, vpcsAt);
      return (resource) => [
        apart(endsOf(resource)),
        ...SPREAD.filter(([types]) => isOf(types, resource)).map(([, property, to]) =>
          vpcsAt(resource, property, to, ["id"]).isSpread
            ? `${property} lie in different VPCs; they must lie in one`
            : undefined,
        ),
      ];
    },
  },
];

/** A property, and the VPC of what it names; undefined if that is not certain. */
type End = readonly [property: string, vpc: string | undefined];

/** Tells the two properties of a resource whose VPCs have to be the same. */
function endsIn(
  stack: Stack,
  vpcsAt: ReturnType<typeof placesOf>,
): (resource: StackSubject) => readonly End[] {
  const balancersOf = stack.to(LOAD_BALANCER, ["arn", "id"]);
  const listenersOf = stack.to(LISTENER, ["arn", "id"]);
  const within = (
    resource: StackSubject,
    property: string,
    types: readonly string[],
    keys: readonly string[] = ["id"],
  ): End => [property, vpcsAt(resource, property, types, keys).one];
  const targets = (resource: StackSubject, property: string): End =>
    within(resource, property, TARGET_GROUP, ["arn", "id"]);
  const subnetsOf = (balancer: StackSubject): string | undefined =>
    single(SUBNET_LISTS.flatMap(({ property }) => vpcsAt(balancer, property, SUBNET, ["id"]).one ?? []));
  const balancerOf = (listener: StackSubject | undefined): string | undefined => {
    const balancer = listener && single(balancersOf(listener, "loadBalancerArn"));
    return balancer && subnetsOf(balancer);
  };
  return (resource) => {
    if (isOf(LOAD_BALANCER, resource))
      return [["subnets", subnetsOf(resource)], within(resource, "securityGroups", SECURITY_GROUP)];
    if (isOf(AUTO_SCALING_GROUP, resource))
      return [within(resource, "vpcZoneIdentifiers", SUBNET), targets(resource, "targetGroupArns")];
    if (isOf(LISTENER, resource))
      return [["loadBalancerArn", balancerOf(resource)], targets(resource, "defaultActions")];
    const listener = single(listenersOf(resource, "listenerArn"));
    return [["listenerArn", balancerOf(listener)], targets(resource, "actions")];
  };
}

/** What is wrong if both ends are certain, and not the same. */
function apart([here, there]: readonly End[]): string | undefined {
  if (here?.[1] === undefined || there?.[1] === undefined || here[1] === there[1]) return undefined;
  return `${here[0]} and ${there[0]} lie in different VPCs; they must lie in one`;
}

/**
 * Tells the VPC that a resource's `vpcId` names: the URN of one in the stack, else the known id; undefined when it
 * is not certain. As a VPC that is yet to be created has no known id, two different answers are two different VPCs.
 */
function vpcOf(stack: Stack): (resource: StackSubject) => string | undefined {
  const vpcsOf = stack.to(VPC, ["id"]);
  return (resource) => referenceKey(resource, "vpcId", vpcsOf);
}

/** In which VPC the resources lie that a property refers to. */
interface Places {
  /** Undefined when it is not certain, or not the same for all of them. */
  readonly one: string | undefined;
  /** True if it is certain that they lie in several. */
  readonly isSpread: boolean;
}

const NOWHERE: Places = { one: undefined, isSpread: false };

/**
 * Tells in which VPC the resources lie that a property refers to: all those that it may refer to, since the
 * dependencies of a list do not tell which element comes from where.
 */
function placesOf(
  stack: Stack,
): (from: StackSubject, property: string, types: readonly string[], keys: readonly string[]) => Places {
  const vpc = vpcOf(stack);
  return (from, property, types, keys) => {
    const follow = stack.to(types, keys);
    const list = readList(from.props, [property]);
    const elements = isList(list) ? list : [];
    const named = elements.flatMap((element) => {
      const reference = text(element);
      if (reference === undefined) return [];
      const asked = { ...from, props: { reference }, propertyDependencies: {} };
      return [follow(asked, "reference")];
    });
    // An id of something outside the stack: in which VPC that lies, nobody knows.
    if (named.some((found) => found.length === 0)) return NOWHERE;
    const isWhole = elements.length > 0 && named.length === elements.length;
    const candidates = isWhole ? [] : comeFrom(from, property, follow);
    if (candidates === undefined) return NOWHERE;
    const found = [...new Set([...named.flat(), ...candidates])];
    const vpcs = [...new Set(found.map(vpc))];
    // As many as there are elements: each of them is meant.
    const isSpread = found.length === elements.length && vpcs.length > 1 && !vpcs.includes(undefined);
    return { one: single(vpcs), isSpread };
  };
}

/** What the unknown part of a property may refer to; undefined if something went into it that is no such resource. */
function comeFrom(from: StackSubject, property: string, follow: Follow): StackSubject[] | undefined {
  const bySource = (from.propertyDependencies[property] ?? []).map((source) =>
    follow({ ...from, props: {}, propertyDependencies: { [property]: [source] } }, property),
  );
  return bySource.every((found) => found.length > 0) ? bySource.flat() : undefined;
}

/** All the ranges of each VPC in the stack, by URN; those of which one is not known are left out. */
function rangesByVpc(stack: Stack): Map<string, readonly AddressRange[]> {
  const further = groupBy(stack.ofTypes(VPC_RANGE), vpcOf(stack));
  // A range whose VPC is not known may be anyone's.
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

/** True if one range lies within the other of the same IP version, ends included. */
function liesWithin(inner: AddressRange, outer: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * Finds the ranges, all of one IP version, that overlap one before them in the order of their first addresses, each
 * with one that it overlaps. Sorts, and goes through once.
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
