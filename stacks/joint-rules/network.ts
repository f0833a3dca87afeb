import { planSubnets, usableAddresses } from "../../components/network/cidr";
import { mostInstances } from "../../components/fleet/refresh";
import { mostPrepared } from "../../components/fleet/warm-pool";
import type { JointFault, JointRule, Known } from "./rule";

/** Where the store runs. */
export const networkRules: readonly JointRule[] = [zonesOutsideRegion, tooFewAddresses];

function zonesOutsideRegion({ region, availabilityZones = [] }: Known): JointFault[] {
  if (region === undefined) return [];
  const outside = availabilityZones.filter((zone) => !new RegExp(`^${region}[a-z]$`).test(zone));
  if (outside.length === 0) return [];
  return [
    {
      key: "availabilityZones",
      allowed: `zones of aws:region, such as ${region}a: a load balancer spans one Region, and no Local Zone`,
      remedy: `replace ${outside.join(", ")}, or change aws:region`,
    },
  ];
}

/** While the fleet is replaced it holds more instances, and each takes an address, those that wait too. */
function tooFewAddresses(settings: Known): JointFault[] {
  const { vpcCidr, availabilityZones, minSize, warmPool, blueGreen, peakCalendar = [] } = settings;
  if (vpcCidr === undefined || availabilityZones === undefined) return [];
  if (minSize === undefined || settings.maxSize === undefined || warmPool === undefined) return [];
  const maxSize = Math.max(settings.maxSize, ...peakCalendar.map((peak) => peak.maxSize));
  const usualPool = warmPool.state === "off" ? 0 : warmPool.minSize;
  const peakPool = Math.max(usualPool, ...peakCalendar.map((peak) => peak.warmPoolSize));
  const colours = blueGreen?.enabled === true && blueGreen.fillIdle ? 2 : 1;
  const needed = colours * mostInstances(mostPrepared(warmPool, maxSize), minSize) + peakPool - usualPool;
  const usable = availabilityZones.length * usableAddresses(planSubnets(vpcCidr).privatePrefix);
  if (needed <= usable) return [];
  return [
    {
      key: "vpcCidr",
      allowed: `a range whose ${availabilityZones.length} private subnets hold ${needed} addresses: maxSize${colours === 2 ? " of two colours" : ""}, and room to replace instances`,
      remedy: `choose a larger range (this one holds ${usable}), or lower maxSize, ${maxSize}`,
    },
  ];
}
