import { architectureOf, commonArchitecture } from "../../components/instance-type";
import type { JointFault, JointRule, Known } from "./rule";

/** The instances, and how many of them. */
export const fleetRules: readonly JointRule[] = [
  mixedArchitectures,
  sizesOutOfOrder,
  bootTooShort,
  peakAboveMax,
];

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
