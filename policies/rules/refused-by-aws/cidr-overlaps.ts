import { SUBNET, VPC, VPC_RANGE } from "../../resources";
import { read } from "../../read";
import type { Reading } from "../../read";
import { stackRule, violations } from "../../rule";
import type { StackSubject, Violation } from "../../rule";
import type { Stack } from "../../stack";
import { liesWithin, overlaps, parseRange } from "./cidr";
import type { Range } from "./cidr";
import { groupBy, text } from "./known";
import { vpcOf } from "./vpcs";

const FIX = '{ cidrBlock: "10.0.1.0/24" }, a part of the VPC\'s range that no other subnet has';

/** The IPv4 ranges of subnets. Only the stack shows which VPC they share. */
export const cidrOverlaps = stackRule({
  id: "cidr-overlaps",
  area: "refused-by-aws",
  title: "Subnets lie beside each other within their VPC",
  severity: "medium",
  level: "stack",
  description:
    "The IPv4 ranges of a VPC's subnets lie within the VPC's ranges and do not overlap. " +
    "AWS refuses a subnet with addresses that it hasn't got or that are taken.",
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
    return [...groupBy(stack.ofTypes(SUBNET), vpcOf(stack))].flatMap(([vpc, subnets]) => {
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
  },
});

function outsideOf(subnet: StackSubject): Violation[] {
  return violations(
    ["cidrBlock lies outside the VPC's ranges; it must lie within one of them"],
    FIX,
    subnet.urn,
  );
}

/** All the ranges of each VPC in the stack, by URN; those of which one is not known are left out. */
function rangesByVpc(stack: Stack): Map<string, readonly Range[]> {
  const further = groupBy(stack.ofTypes(VPC_RANGE), vpcOf(stack));
  // A range whose VPC is not known may be anyone's.
  const strays = stack.ofTypes(VPC_RANGE).length - [...further.values()].flat().length;
  if (strays > 0) return new Map();
  return new Map(
    stack.ofTypes(VPC).flatMap((vpc): [string, Range[]][] => {
      const ranges = [vpc, ...(further.get(vpc.urn) ?? [])].map(({ props }) =>
        rangeOf(read(props, ["cidrBlock"])),
      );
      const known = ranges.filter((range) => range !== undefined);
      return known.length === ranges.length ? [[vpc.urn, known]] : [];
    }),
  );
}

function rangeOf(cidrBlock: Reading): Range | undefined {
  return parseRange(text(cidrBlock) ?? "");
}
