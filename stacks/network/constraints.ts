import { planSubnets, usableAddresses } from "../../components/network/cidr";
import type { Constraint, Violation } from "../settings/constraint";
import type { Settings } from "../settings/schema";
import { addressesNeeded, filledColours, greatestSize } from "./addresses";
import { existingNetworkConstraints } from "./existing-constraints";

/** Constraints on these settings together. */
export const constraints: readonly Constraint[] = [
  zonesOutsideRegion,
  tooFewAddresses,
  ...existingNetworkConstraints,
];

function zonesOutsideRegion({ region, network: { availabilityZones } }: Settings): Violation[] {
  const outside = availabilityZones.filter((zone) => !new RegExp(`^${region}[a-z]$`).test(zone));
  if (outside.length === 0) return [];
  return [
    {
      at: "network.availabilityZones",
      allowed: `zones of aws:region, such as ${region}a: a load balancer spans one Region, and no Local Zone`,
      remedy: `replace ${outside.join(", ")}, or change aws:region`,
    },
  ];
}

/** The doctor counts the addresses of an existing network. */
function tooFewAddresses(settings: Settings): Violation[] {
  const { cidrBlock: vpcCidr, availabilityZones, existing } = settings.network;
  if (existing !== undefined) return [];
  const needed = addressesNeeded(settings);
  const usable = availabilityZones.length * usableAddresses(planSubnets(vpcCidr).privatePrefix);
  if (needed <= usable) return [];
  const others = Object.entries(settings.applications);
  const sizes = [
    { at: "maxSize", size: greatestSize(settings) },
    ...others.map(([name, { fleet }]) => ({ at: `applications.${name}.fleet.maxSize`, size: fleet.maxSize })),
  ];
  const greatest = sizes.reduce((one, other) => (other.size > one.size ? other : one));
  return [
    {
      at: "network.cidrBlock",
      allowed: `a range whose ${availabilityZones.length} private subnets hold ${needed} addresses: maxSize${filledColours(settings) === 2 ? " of two colours" : ""}${others.length > 0 ? `, that of ${others.length === 1 ? "another application" : `${others.length} more applications`}` : ""}, and room to replace instances`,
      remedy: `choose a larger range (this one holds ${usable}), or lower ${greatest.at}, ${greatest.size}`,
    },
  ];
}
