import { planSubnets, usableAddresses } from "../components/cidr";
import { architectureOf, commonArchitecture } from "../components/instance-type";
import { mostInstances } from "../components/refresh";
import type { Key, Settings } from "./definitions";

/** A setting that does not go with others. */
export interface JointFault {
  /** The setting to look at first. */
  readonly key: Key;
  /** What values are allowed, given the others. */
  readonly allowed: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Settings of which each has its value, unless that value is not allowed. */
type Known = Partial<Settings>;

/**
 * The faults of settings that are each allowed, but not together. A setting with a fault of its own is left
 * out.
 */
export function jointFaults(settings: Known): JointFault[] {
  return [
    namesOutsideZone,
    certificateElsewhere,
    zonesOutsideRegion,
    tooFewAddresses,
    timeoutBeyondInterval,
    mixedArchitectures,
    sizesOutOfOrder,
    bootTooShort,
    peakAboveMax,
  ].flatMap((rule) => rule(settings));
}

function namesOutsideZone(settings: Known): JointFault[] {
  const { domainName, hostedZoneName: zone, subjectAlternativeNames = [] } = settings;
  if (zone === undefined) return [];
  const isOutside = (name: string): boolean => name !== zone && !name.endsWith(`.${zone}`);
  const faults: JointFault[] = [];
  if (domainName !== undefined && isOutside(domainName)) {
    faults.push({
      key: "domainName",
      allowed: `${zone} or a name that ends in .${zone}, as hostedZoneName says`,
      remedy: `choose a name in ${zone}, or set hostedZoneName to the zone that holds ${domainName}`,
    });
  }
  const outside = subjectAlternativeNames.filter(isOutside);
  if (outside.length > 0) {
    faults.push({
      key: "subjectAlternativeNames",
      allowed: `names that end in .${zone}, as hostedZoneName says: the certificate is validated by records there`,
      remedy: `remove ${outside.join(", ")}`,
    });
  }
  if (domainName !== undefined && subjectAlternativeNames.includes(domainName)) {
    faults.push({
      key: "subjectAlternativeNames",
      allowed: `names other than domainName, ${domainName}`,
      remedy: `remove ${domainName}`,
    });
  }
  return faults;
}

/** A load balancer takes certificates of its own Region only. */
function certificateElsewhere({ certificateArn = "", region }: Known): JointFault[] {
  const there = certificateArn.split(":")[3];
  if (certificateArn === "" || region === undefined || there === region) return [];
  return [
    {
      key: "certificateArn",
      allowed: `a certificate in aws:region, ${region}: a load balancer takes no other`,
      remedy: `request or import the certificate in ${region}, or leave certificateArn out to have one created`,
    },
  ];
}

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

/** While the fleet is replaced it holds more instances, and each takes an address. */
function tooFewAddresses({ vpcCidr, availabilityZones, minSize, maxSize }: Known): JointFault[] {
  if (vpcCidr === undefined || availabilityZones === undefined) return [];
  if (minSize === undefined || maxSize === undefined) return [];
  const needed = mostInstances(maxSize, minSize);
  const usable = availabilityZones.length * usableAddresses(planSubnets(vpcCidr).privatePrefix);
  if (needed <= usable) return [];
  return [
    {
      key: "vpcCidr",
      allowed: `a range whose ${availabilityZones.length} private subnets hold ${needed} addresses: maxSize, and room to replace instances`,
      remedy: `choose a larger range (this one holds ${usable}), or lower maxSize, ${maxSize}`,
    },
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
function timeoutBeyondInterval(settings: Known): JointFault[] {
  const { healthCheckTimeoutSeconds: timeout, healthCheckIntervalSeconds: interval } = settings;
  if (timeout === undefined || interval === undefined || timeout < interval) return [];
  return [
    {
      key: "healthCheckTimeoutSeconds",
      allowed: `less than healthCheckIntervalSeconds, ${interval}`,
      remedy: `lower healthCheckTimeoutSeconds below ${interval}, or raise healthCheckIntervalSeconds above ${timeout}`,
    },
  ];
}

function mixedArchitectures({ instanceTypes = [] }: Known): JointFault[] {
  const [first] = instanceTypes;
  if (first === undefined || commonArchitecture(instanceTypes) !== undefined) return [];
  const architecture = architectureOf(first);
  const others = instanceTypes.filter((type) => architectureOf(type) !== architecture);
  return [
    {
      key: "instanceTypes",
      allowed: `types of one architecture, which the image has: ${first} is ${architecture}`,
      remedy: `remove ${others.join(", ")}, or put only ${others.length === 1 ? "that" : "those"} here`,
    },
  ];
}

function sizesOutOfOrder({ minSize, maxSize }: Known): JointFault[] {
  if (minSize === undefined || maxSize === undefined || minSize <= maxSize) return [];
  return [
    {
      key: "minSize",
      allowed: `at most maxSize, ${maxSize}`,
      remedy: `lower minSize to ${maxSize}, or raise maxSize to ${minSize}`,
    },
  ];
}

/** An instance that can't be healthy before its grace period ends is replaced, and the next one too, for ever. */
function bootTooShort(settings: Known): JointFault[] {
  const { bootSeconds, healthyThreshold, healthCheckIntervalSeconds: interval } = settings;
  if (bootSeconds === undefined || healthyThreshold === undefined || interval === undefined) return [];
  const least = healthyThreshold * interval;
  if (bootSeconds >= least) return [];
  return [
    {
      key: "bootSeconds",
      allowed: `at least ${least}: healthyThreshold, ${healthyThreshold}, checks at an interval of ${interval} s`,
      remedy: `raise bootSeconds to ${least} and the time that booting takes, or check more often`,
    },
  ];
}

/** Instances spread evenly over the zones: with one lost, its share is missing just when it is needed. */
function peakAboveMax(settings: Known): JointFault[] {
  const { peakRequestsPerMinute: peak, requestsPerTargetPerMinute: each } = settings;
  const { maxSize, availabilityZones } = settings;
  if (peak === undefined || each === undefined) return [];
  if (maxSize === undefined || availabilityZones === undefined) return [];
  const zones = availabilityZones.length;
  const left = maxSize - Math.ceil(maxSize / zones);
  if (peak <= left * each) return [];
  return [
    {
      key: "peakRequestsPerMinute",
      allowed: `at most ${left * each}: of maxSize, ${maxSize}, instances in ${zones} zones, ${left} are left when a zone is lost, for requestsPerTargetPerMinute, ${each}, each`,
      remedy: `raise maxSize to ${leastSize(Math.ceil(peak / each), zones)}, or use larger instances and raise requestsPerTargetPerMinute`,
    },
  ];
}

/** The fewest instances of which `needed` are left when one of `zones` is lost. */
function leastSize(needed: number, zones: number): number {
  return needed + Math.ceil(needed / (zones - 1));
}
