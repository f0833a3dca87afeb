import * as v from "valibot";

import { LOG_RETENTION_DAYS } from "../../components/network/flow-logs";
import {
  type Cidr,
  contains,
  MAX_ZONES,
  parseCidr,
  PRIVATE_RANGES,
  SMALLEST_VPC,
} from "../../components/network/cidr";
import { NETWORK_DEFAULTS } from "../../components/network/network";
import {
  boolean,
  formatted,
  group,
  matching,
  oneOf,
  oneOfIntegers,
  optional,
  text,
  texts,
} from "../settings/fields";

/** A range within one of the outer ranges. */
export function rangeWithin(
  format: string,
  outer: readonly string[],
  suits: (range: Cidr) => boolean = () => true,
): v.GenericSchema<string> {
  const ranges = outer.flatMap((range) => parseCidr(range) ?? []);
  return formatted(
    format,
    (text) => {
      const range = parseCidr(text);
      return range !== undefined && suits(range) && ranges.some((one) => contains(one, range));
    },
    /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/,
  );
}

/** A range that a VPC may have: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const VPC_RANGE = rangeWithin(
  "vpc-range",
  PRIVATE_RANGES,
  ({ prefix }) => prefix >= 16 && prefix <= SMALLEST_VPC,
);

/** An EC2 resource ID: 17 hexadecimal digits, or 8 for IDs from before 2018. */
function idOf(kind: "vpc" | "subnet") {
  return matching(new RegExp(`^${kind}-([0-9a-f]{8}|[0-9a-f]{17})$`));
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const EXISTING_RANGE = formatted(
  "existing-vpc-range",
  (text) => {
    const range = parseCidr(text);
    return range !== undefined && range.prefix >= 16 && range.prefix <= 28;
  },
  /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/,
);

/** An existing network, used instead of creating one. */
const existing = optional(
  group(
    {
      vpcId: text({
        description: "The VPC.",
        allowed: "the id of a VPC: vpc- and 17 hexadecimal digits, or 8",
        example: "vpc-0123456789abcdef0",
        of: idOf("vpc"),
      }),
      privateSubnetIds: texts({
        description:
          "Subnets for the instances, and for a load balancer without public addresses, one for each zone, in the order of availabilityZones.",
        allowed: `2 to ${MAX_ZONES} different ids of subnets: subnet- and 17 hexadecimal digits, or 8`,
        example: "subnet-0123456789abcdef0, subnet-0123456789abcdef1",
        minItems: 2,
        maxItems: MAX_ZONES,
        items: idOf("subnet"),
      }),
      publicSubnetIds: texts({
        description:
          "Subnets for a load balancer with public addresses, in the same order. An internal load balancer, or one behind CloudFront's VPC origin, needs none.",
        default: Object.freeze([]),
        allowed: `up to ${MAX_ZONES} different ids of subnets: subnet- and 17 hexadecimal digits, or 8`,
        example: "subnet-0123456789abcdef2, subnet-0123456789abcdef3",
        maxItems: MAX_ZONES,
        items: idOf("subnet"),
      }),
      cidrBlock: optional(
        text({
          description: "The VPC's IPv4 range, which may reach an internal store.",
          allowed: "a range from /16 to /28, without bits set after the prefix",
          example: "10.20.0.0/16",
          of: EXISTING_RANGE,
        }),
      ),
    },
    {
      description:
        "An existing VPC and subnets, instead of cidrBlock, natGateways and flowLogRetentionDays. The stack creates no network, and npm run doctor checks the existing one. A deployed stack can't move to another VPC.",
      example:
        "existing: { vpcId: vpc-0123456789abcdef0, privateSubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1], publicSubnetIds: [subnet-0123456789abcdef2, subnet-0123456789abcdef3] }",
    },
  ),
);

/** Settings of the network. */
export const schema = {
  network: group(
    {
      availabilityZones: texts({
        description:
          "Zones to run in, all in aws:region. Add new ones at the end: a zone's position determines its addresses.",
        allowed: `2 to ${MAX_ZONES} different zone names`,
        example: "eu-west-1a, eu-west-1b",
        minItems: 2,
        maxItems: MAX_ZONES,
        items: v.pipe(v.string(), v.minLength(1)),
      }),
      cidrBlock: text({
        description: "The VPC's private IPv4 range. Changing it later replaces everything in the VPC.",
        default: NETWORK_DEFAULTS.cidrBlock,
        allowed: `a range from /16 to /${SMALLEST_VPC} within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, without bits set after the prefix`,
        example: "10.0.0.0/16",
        of: VPC_RANGE,
      }),
      natGateways: oneOf(["none", "single", "perZone"], {
        description:
          "NAT gateways for the instances' access to the internet. none creates endpoints for S3 and Session Manager instead; single costs one gateway and depends on one zone; perZone costs one for each zone.",
        default: NETWORK_DEFAULTS.natGateways,
      }),
      flowLogRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
        description: "Days that the VPC's flow logs are kept in CloudWatch Logs.",
        default: NETWORK_DEFAULTS.flowLogRetentionDays,
      }),
      ipv6: boolean({
        description:
          "Whether customers can reach the store by IPv6, and instances the internet, which avoids the NAT gateways and their cost. CloudFront serves IPv6 anyway. Subnets of an existing network need IPv6 ranges and routes.",
        default: false,
      }),
      existing,
    },
    {
      description: "Where the store runs.",
      example: "network: { availabilityZones: [eu-west-1a, eu-west-1b] }",
    },
  ),
} as const;
