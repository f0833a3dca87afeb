import { read } from "../../read";
import { SUBNET, VPC, VPC_RANGE } from "../../resources";
import { resourceRule, violations } from "../../rule";
import { text } from "./known";

const FIX = '{ cidrBlock: "10.0.0.0/16" } of a VPC, { cidrBlock: "10.0.1.0/24" } of a subnet';

/** Shortest and longest prefix of a VPC's range and of a subnet. */
const [SHORTEST, LONGEST] = [16, 28];

/** The IPv4 ranges of VPCs and subnets, each by itself. */
export const cidrSizes = resourceRule({
  id: "cidr-sizes",
  area: "refused-by-aws",
  title: "AWS takes the size of VPCs and subnets",
  severity: "low",
  level: "resource",
  description:
    "The IPv4 ranges of VPCs and subnets are from /16 to /28. AWS refuses greater and smaller ones, and keeps five addresses of each subnet.",
  remedy: FIX,
  references: [
    {
      label: "VPC CIDR blocks",
      url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    },
    {
      label: "Subnet CIDR blocks",
      url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    },
  ],
  types: [...VPC, ...VPC_RANGE, ...SUBNET],
  judge({ props }) {
    const [, digits] = /^[\d.]+\/(\d{1,2})$/.exec(text(read(props, ["cidrBlock"])) ?? "") ?? [];
    if (digits === undefined || (+digits >= SHORTEST && +digits <= LONGEST)) return [];
    return violations(
      [`cidrBlock has a prefix of ${+digits}; it must be from ${SHORTEST} to ${LONGEST}`],
      FIX,
    );
  },
});
