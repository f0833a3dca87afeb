import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";

import { LOG_RETENTION_DAYS } from "../components/network/flow-logs";
import { mostInstances } from "../components/fleet/refresh";
import { mostPrepared } from "../components/fleet/warm-pool";
import {
  type Cidr,
  contains,
  MAX_ZONES,
  parseCidr,
  planSubnets,
  PRIVATE_RANGES,
  SMALLEST_VPC,
  usableAddresses,
} from "../components/network/cidr";
import { Network, NETWORK_DEFAULTS, type NetworkIds } from "../components/network/network";
import { servicesOf, usesDynamodb } from "./application";
import { allSettings } from "./applications/derive";
import { peaksOf } from "./calendar";
import type { Context } from "./context";
import { existingNetwork, existingNetworkConstraints } from "./existing-network";
import type { Settings } from "./settings";
import type { Constraint, Violation } from "./settings/constraint";
import { boolean, formatted, group, oneOf, oneOfIntegers, text, texts } from "./settings/fields";

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
      existing: existingNetwork,
    },
    {
      description: "Where the store runs.",
      example: "network: { availabilityZones: [eu-west-1a, eu-west-1b] }",
    },
  ),
} as const;

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

/** The number of addresses for all instances, including waiting ones and those that exist only during a replacement. */
export function addressesNeeded(settings: Settings): number {
  return allSettings(settings).reduce((sum, own) => sum + addressesOf(own), 0);
}

function addressesOf(settings: Settings): number {
  const {
    fleet: { minSize, warmPool },
  } = settings;
  const peaks = peaksOf(settings);
  const usualPool = warmPool.state === "off" ? 0 : warmPool.minSize;
  const peakPool = Math.max(usualPool, ...peaks.map((peak) => peak.warmPoolSize));
  const most = mostInstances(mostPrepared(warmPool, greatestSize(settings)), minSize);
  return filledColours(settings) * most + peakPool - usualPool;
}

/** The maximum number of instances of a colour, including peaks. */
function greatestSize(settings: Settings): number {
  return Math.max(settings.fleet.maxSize, ...peaksOf(settings).map((peak) => peak.maxSize));
}

function filledColours({ blueGreen }: Settings): 1 | 2 {
  return blueGreen.enabled && blueGreen.fillIdle ? 2 : 1;
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

/** Whether instances use DynamoDB. */
export function reachesDynamodb(settings: Settings): boolean {
  return allSettings(settings).some((own) => own.application.source === "store" || usesDynamodb(own));
}

/** The VPC and its resources; declares nothing for an existing network. */
export function build(settings: Settings, { name, tags }: Context): NetworkIds {
  const { existing, ...own } = settings.network;
  if (existing !== undefined) {
    return {
      vpcId: pulumi.output(existing.vpcId),
      publicSubnetIds: pulumi.output([...existing.publicSubnetIds]),
      privateSubnetIds: pulumi.output([...existing.privateSubnetIds]),
    };
  }
  return new Network(name, {
    ...own,
    interfaceServices: servicesOf(settings),
    dynamodb: reachesDynamodb(settings),
    tags,
  });
}
