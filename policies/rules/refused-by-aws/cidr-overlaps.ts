import { parseCidr } from "../../cidr";
import type { AddressRange } from "../../cidr";
import { PEERING, SUBNET, VPC, VPC_RANGE } from "../../resources";
import { read } from "../../read";
import type { Reading } from "../../read";
import { stackRule, violations } from "../../rule";
import type { StackSubject, Violation } from "../../rule";
import type { Stack } from "../../stack";
import { liesWithin, overlaps } from "./cidr";
import { groupBy, single, text } from "./known";
import { vpcOf } from "./vpcs";

const FIX = '{ cidrBlock: "10.0.1.0/24" }, a part of the VPC\'s range that no other subnet has';

/** The IPv4 ranges of subnets and of peered VPCs. Only the stack shows which VPC is whose. */
export const cidrOverlaps = stackRule({
  id: "cidr-overlaps",
  area: "refused-by-aws",
  title: "Subnets lie beside each other within their VPC",
  severity: "medium",
  level: "stack",
  description:
    "The IPv4 ranges of a VPC's subnets lie within the VPC's ranges and do not overlap, nor do those of peered VPCs. " +
    "AWS refuses a subnet with addresses that it hasn't got or that are taken, and a peering without a way to tell.",
  remedy: FIX,
  references: [
    {
      label: "CreateSubnet",
      url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html",
    },
    {
      label: "Subnet CIDR blocks",
      url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    },
  ],
  judge(stack) {
    const rangesOf = rangesByVpc(stack);
    const subnets = [...groupBy(stack.ofTypes(SUBNET), vpcOf(stack))].flatMap(([vpc, subnets]) => {
      const placed = subnets.flatMap((subnet) => {
        const range = rangeOf(read(subnet.props, ["cidrBlock"]));
        return range === undefined ? [] : [{ ...range, subnet }];
      });
      const overlapping = overlaps(placed).flatMap(([later, earlier]) =>
        violations(
          [`cidrBlock overlaps that of subnet "${earlier.subnet.name}" in the same VPC; it must not`],
          FIX,
          later.subnet.urn,
        ),
      );
      const ranges = rangesOf.get(vpc);
      if (ranges === undefined) return overlapping;
      const outside = placed.filter((place) => !ranges.some((range) => liesWithin(place, range)));
      return [...overlapping, ...outside.flatMap(({ subnet }) => outsideOf(subnet))];
    });
    return [...subnets, ...peeredOverlaps(stack, rangesOf)];
  },
});

/**
 * Peerings of VPCs that share addresses.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations
 */
function peeredOverlaps(stack: Stack, rangesOf: ReadonlyMap<string, readonly AddressRange[]>): Violation[] {
  const vpcsOf = stack.to(VPC, ["id"]);
  return stack.ofTypes(PEERING).flatMap((peering) => {
    const [near, far] = ["vpcId", "peerVpcId"].map((property) => {
      const vpc = single(vpcsOf(peering, property));
      return (vpc === undefined ? undefined : rangesOf.get(vpc.urn)) ?? [];
    });
    const shares = near?.some((one) => far?.some((other) => overlaps([one, other]).length > 0));
    if (!shares) return [];
    const fault = "vpcId and peerVpcId name VPCs whose addresses overlap; they must not";
    return violations(
      [fault],
      '{ cidrBlock: "10.1.0.0/16" } of one and "10.2.0.0/16" of the other',
      peering.urn,
    );
  });
}

function outsideOf(subnet: StackSubject): Violation[] {
  return violations(
    ["cidrBlock lies outside the VPC's ranges; it must lie within one of them"],
    FIX,
    subnet.urn,
  );
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
