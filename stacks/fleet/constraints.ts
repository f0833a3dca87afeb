import { architectureOf, commonArchitecture } from "../../components/fleet/instance-type";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";

/** Constraints on the instances and their number. */
export const constraints: readonly Constraint[] = [
  mixedArchitectures,
  sizesOutOfOrder,
  bootTooShort,
  peakAboveMax,
  spotOfOneType,
  onDemandBaseAboveMax,
  warmPoolRefused,
  drainTooShort,
];

function mixedArchitectures({ fleet: { instanceTypes } }: Settings): Violation[] {
  const [first] = instanceTypes;
  if (first === undefined || commonArchitecture(instanceTypes) !== undefined) return [];
  const architecture = architectureOf(first);
  const others = instanceTypes.filter((type) => architectureOf(type) !== architecture);
  return [
    {
      at: "fleet.instanceTypes",
      allowed: `types of one architecture, that of the image: ${first} is ${architecture}`,
      remedy: `remove ${others.join(", ")}, or put only ${others.length === 1 ? "that" : "those"} here`,
    },
  ];
}

function sizesOutOfOrder({ fleet: { minSize, maxSize } }: Settings): Violation[] {
  if (minSize <= maxSize) return [];
  return [
    {
      at: "fleet.minSize",
      allowed: `at most maxSize, ${maxSize}`,
      remedy: `lower minSize to ${maxSize}, or raise maxSize to ${minSize}`,
    },
  ];
}

/** If instances can't become healthy within their grace period, they are replaced again and again. */
function bootTooShort(settings: Settings): Violation[] {
  const {
    fleet: { bootSeconds },
    healthCheck: { healthyThreshold, intervalSeconds: interval },
  } = settings;
  const least = healthyThreshold * interval;
  if (bootSeconds >= least) return [];
  return [
    {
      at: "fleet.bootSeconds",
      allowed: `at least ${least}: healthCheck.healthyThreshold, ${healthyThreshold}, checks at an interval of ${interval} s`,
      remedy: `raise bootSeconds to ${least} and the time that booting takes, or check more often`,
    },
  ];
}

/** Instances are spread evenly over the zones, so losing a zone loses its share of them. */
function peakAboveMax(settings: Settings): Violation[] {
  const {
    fleet: { peakRequestsPerMinute: peak, requestsPerTargetPerMinute: each },
  } = settings;
  const {
    fleet: { maxSize },
    network: { availabilityZones },
  } = settings;
  if (peak === undefined) return [];
  const zones = availabilityZones.length;
  const left = maxSize - Math.ceil(maxSize / zones);
  if (peak <= left * each) return [];
  return [
    {
      at: "fleet.peakRequestsPerMinute",
      allowed: `at most ${left * each}: of maxSize, ${maxSize}, instances in ${zones} zones, ${left} are left when a zone is lost, for requestsPerTargetPerMinute, ${each}, each`,
      remedy: `raise maxSize to ${leastSize(Math.ceil(peak / each), zones)}, or use larger instances and raise requestsPerTargetPerMinute`,
    },
  ];
}

/** The smallest number of instances of which `needed` are left when one of `zones` is lost. */
export function leastSize(needed: number, zones: number): number {
  return needed + Math.ceil(needed / (zones - 1));
}

/** A single type has one pool of Spot capacity in each zone, so all instances may be lost at once. */
function spotOfOneType({ fleet: { spot, instanceTypes } }: Settings): Violation[] {
  if (spot.percent === 0) return [];
  if (instanceTypes.length > 1) return [];
  return [
    {
      at: "fleet.spot.percent",
      allowed: `0, as instanceTypes has a single type, ${instanceTypes.join()}: all its Spot capacity may be lost at once`,
      remedy: "add instance types of about the same size to instanceTypes, or remove fleet.spot.percent",
    },
  ];
}

function onDemandBaseAboveMax({ fleet: { spot, maxSize } }: Settings): Violation[] {
  if (spot.percent === 0 || spot.onDemandBase < maxSize) return [];
  return [
    {
      at: "fleet.spot.onDemandBase",
      allowed: `less than maxSize, ${maxSize}: with more, no instance is left for Spot`,
      remedy: `lower fleet.spot.onDemandBase, raise maxSize above ${spot.onDemandBase}, or set fleet.spot.percent to 0`,
    },
  ];
}

/**
 * What AWS doesn't support in a warm pool. Since November 2025 it supports several instance types, On-Demand only.
 *
 * @see https://aws.amazon.com/about-aws/whats-new/2025/11/ec2-auto-scaling-warm-pool-mixed-instances-policies/
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html (Limitations)
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html
 */
function warmPoolRefused({ fleet: { warmPool: pool, spot, minSize, instanceTypes } }: Settings): Violation[] {
  if (pool.state === "off") return [];
  const violations: Violation[] = [];
  if (spot.percent > 0) {
    violations.push({
      at: "fleet.warmPool.state",
      allowed: `off, because fleet.spot.percent is ${spot.percent}: a warm pool can't contain Spot instances`,
      remedy: "set fleet.spot.percent to 0, or fleet.warmPool.state to off",
    });
  }
  const bareMetal = instanceTypes.filter((type) => /\.metal/.test(type));
  if (pool.state === "hibernated" && bareMetal.length > 0) {
    violations.push({
      at: "fleet.warmPool.state",
      allowed: `off, stopped or running: ${bareMetal.join(", ")} of instanceTypes can't hibernate`,
      remedy: `set fleet.warmPool.state to stopped, or remove ${bareMetal.join(", ")} from instanceTypes`,
    });
  }
  const least = minSize + pool.minSize;
  if (pool.maxPreparedCapacity !== undefined && pool.maxPreparedCapacity < least) {
    violations.push({
      at: "fleet.warmPool.maxPreparedCapacity",
      allowed: `no value, or at least ${least}: minSize, ${minSize}, instances serve and fleet.warmPool.minSize, ${pool.minSize}, wait`,
      remedy: `raise fleet.warmPool.maxPreparedCapacity to ${least}, or lower fleet.warmPool.minSize`,
    });
  }
  return violations;
}

/**
 * AWS's minimum timeout of a lifecycle hook:
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html
 */
const LEAST_HOOK_SECONDS = 30;

/** Minimum time that `drainSeconds` must leave for the application to stop. */
const LEAST_STOP_SECONDS = 10;

/**
 * An instance lets its requests finish before it stops the application, so the load balancer's deregistration delay
 * must be over by then.
 */
function drainTooShort({
  fleet: { drainSeconds },
  loadBalancing: { deregistrationDelaySeconds: delay },
}: Settings): Violation[] {
  if (drainSeconds === 0) return [];
  const least = Math.max(LEAST_HOOK_SECONDS, delay + LEAST_STOP_SECONDS);
  if (drainSeconds >= least) return [];
  return [
    {
      at: "fleet.drainSeconds",
      allowed: `0, or at least ${least}: AWS's minimum is ${LEAST_HOOK_SECONDS}, and after loadBalancing.deregistrationDelaySeconds, ${delay}, the application needs ${LEAST_STOP_SECONDS} to stop`,
      remedy: `raise fleet.drainSeconds to ${least}, or lower loadBalancing.deregistrationDelaySeconds`,
    },
  ];
}

/** Instance types that need another image than the first type. */
export function mixedTypes(at: string, types: readonly string[]): Violation[] {
  const [first] = types;
  if (first === undefined || commonArchitecture(types) !== undefined) return [];
  const others = types.filter((type) => architectureOf(type) !== architectureOf(first));
  return [
    {
      at,
      allowed: `types of one architecture, that of the image: ${first} is ${architectureOf(first)}`,
      remedy: `remove ${others.join(", ")}`,
    },
  ];
}
