import { NETWORK_DEFAULTS } from "../components/network/network";
import { MAX_ZONES, parseCidr } from "../components/network/cidr";
import { hasPrivateBalancer } from "./balancer/exposure";
import type { Settings } from "./settings";
import type { Constraint, Violation } from "./settings/constraint";
import { formatted, group, matching, optional, text, texts } from "./settings/fields";

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
export const existingNetwork = optional(
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

/** Constraints on an existing network. */
export const existingNetworkConstraints: readonly Constraint[] = [
  subnetAZone,
  publicAndPrivate,
  madeBesideExisting,
  rangeUnknown,
];

function subnetAZone(settings: Settings): Violation[] {
  const { existing, availabilityZones } = settings.network;
  if (existing === undefined) return [];
  const zones = availabilityZones.length;
  const needsPublic = !hasPrivateBalancer(settings);
  return (["privateSubnetIds", "publicSubnetIds"] as const).flatMap((field): Violation[] => {
    const count = existing[field].length;
    if (count === zones || (count === 0 && field === "publicSubnetIds" && !needsPublic)) return [];
    return [
      {
        at: `network.existing.${field}`,
        allowed: `${zones} subnets, one for each of availabilityZones, in their order: ${availabilityZones.join(", ")}`,
        remedy:
          count > zones
            ? `remove ${count - zones}, or add their zones to availabilityZones`
            : `add ${zones - count}, or remove zones without a subnet from availabilityZones`,
      },
    ];
  });
}

function publicAndPrivate({ network: { existing } }: Settings): Violation[] {
  if (existing === undefined) return [];
  const both = existing.publicSubnetIds.filter((id) => existing.privateSubnetIds.includes(id));
  if (both.length === 0) return [];
  return [
    {
      at: "network.existing.publicSubnetIds",
      allowed: "subnets other than privateSubnetIds: one with a route to an internet gateway is public",
      remedy: `remove ${both.join(", ")} from one of the two`,
    },
  ];
}

/** Settings for a network that the stack creates. */
const OWN = ["cidrBlock", "natGateways", "flowLogRetentionDays"] as const;

function madeBesideExisting({ network }: Settings): Violation[] {
  if (network.existing === undefined) return [];
  return OWN.filter((field) => network[field] !== NETWORK_DEFAULTS[field]).map((field) => ({
    at: `network.${field}`,
    allowed: "no value together with network.existing: the stack creates no network then",
    remedy: `remove network.${field}${field === "cidrBlock" ? ", or name the VPC's range in network.existing.cidrBlock" : ""}`,
  }));
}

/** An internal store lets the whole VPC in. */
function rangeUnknown({ network: { existing }, internal }: Settings): Violation[] {
  if (existing === undefined || existing.cidrBlock !== undefined || !internal.enabled) return [];
  return [
    {
      at: "network.existing.cidrBlock",
      allowed: "the VPC's range if internal.enabled is true: all of it may reach the store",
      remedy: `set network.existing.cidrBlock; aws ec2 describe-vpcs --vpc-ids ${existing.vpcId} shows it`,
    },
  ];
}
