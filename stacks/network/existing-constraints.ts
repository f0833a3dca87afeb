import { NETWORK_DEFAULTS } from "../../components/network/network";
import { hasPrivateBalancer } from "../balancer/exposure";
import type { Constraint, Violation } from "../settings/constraint";
import type { Settings } from "../settings/schema";

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
