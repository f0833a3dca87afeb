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
import { Network } from "../components/network/network";
import { servicesOf, usesDynamodb } from "./application";
import { peaksOf } from "./calendar";
import type { Context } from "./context";
import type { Settings } from "./settings";
import type { Constraint, Violation } from "./settings/constraint";
import { boolean, formatted, group, oneOf, oneOfIntegers, text, texts } from "./settings/fields";

/** A range within one of the outer ones. */
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

/** A range that a VPC takes: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const VPC_RANGE = rangeWithin(
  "vpc-range",
  PRIVATE_RANGES,
  ({ prefix }) => prefix >= 16 && prefix <= SMALLEST_VPC,
);

/** Where the store runs. */
export const schema = {
  network: group(
    {
      availabilityZones: texts({
        description:
          "Zones to run in, all in aws:region. Add new ones at the end: a zone's place decides on its addresses.",
        allowed: `2 to ${MAX_ZONES} different zone names`,
        example: "eu-west-1a, eu-west-1b",
        minItems: 2,
        maxItems: MAX_ZONES,
        items: v.pipe(v.string(), v.minLength(1)),
      }),
      cidrBlock: text({
        description:
          "The VPC's private IPv4 range. It cannot be changed later without replacing everything in it.",
        default: "10.0.0.0/16",
        allowed: `a range from /16 to /${SMALLEST_VPC} within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, without bits set behind the prefix`,
        example: "10.0.0.0/16",
        of: VPC_RANGE,
      }),
      natGateways: oneOf(["none", "single", "perZone"], {
        description:
          "The instances' way to the internet. none has endpoints to S3 and Session Manager instead; single costs one gateway and hangs on one zone; perZone costs one a zone.",
        default: "single",
      }),
      flowLogRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
        description: "Days that the VPC's flow logs are kept in CloudWatch Logs.",
        default: 30,
      }),
      ipv6: boolean({
        description:
          "Whether customers reach the store by IPv6 too, and instances the internet, past the NAT gateways and their price. CloudFront serves IPv6 anyway.",
        default: false,
      }),
    },
    {
      description: "Where the store runs.",
      example: "web-store:network: { availabilityZones: [eu-west-1a, eu-west-1b] }",
    },
  ),
} as const;

/** What its settings must satisfy together. */
export const constraints: readonly Constraint[] = [zonesOutsideRegion, tooFewAddresses];

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

/** While the fleet is replaced it holds more instances, and each takes an address, those that wait too. */
function tooFewAddresses(settings: Settings): Violation[] {
  const {
    network: { cidrBlock: vpcCidr, availabilityZones },
    fleet: { minSize, warmPool },
    blueGreen,
  } = settings;
  const peaks = peaksOf(settings);
  const maxSize = Math.max(settings.fleet.maxSize, ...peaks.map((peak) => peak.maxSize));
  const usualPool = warmPool.state === "off" ? 0 : warmPool.minSize;
  const peakPool = Math.max(usualPool, ...peaks.map((peak) => peak.warmPoolSize));
  const colours = blueGreen.enabled && blueGreen.fillIdle ? 2 : 1;
  const needed = colours * mostInstances(mostPrepared(warmPool, maxSize), minSize) + peakPool - usualPool;
  const usable = availabilityZones.length * usableAddresses(planSubnets(vpcCidr).privatePrefix);
  if (needed <= usable) return [];
  return [
    {
      at: "network.cidrBlock",
      allowed: `a range whose ${availabilityZones.length} private subnets hold ${needed} addresses: maxSize${colours === 2 ? " of two colours" : ""}, and room to replace instances`,
      remedy: `choose a larger range (this one holds ${usable}), or lower maxSize, ${maxSize}`,
    },
  ];
}

/** The VPC and what is in it. */
export function build(settings: Settings, { name, tags }: Context): Network {
  return new Network(name, {
    ...settings.network,
    interfaceServices: servicesOf(settings),
    dynamodb: settings.application.source === "store" || usesDynamodb(settings),
    tags,
  });
}
