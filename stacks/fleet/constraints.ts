import { architectureOf, commonArchitecture } from "../../components/fleet/instance-type";
import type { Settings } from "../settings";
import type { Constraint, Violation } from "../settings/constraint";

/** The instances, and how many of them. */
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
      allowed: `types of one architecture, which the image has: ${first} is ${architecture}`,
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

/** An instance that can't be healthy before its grace period ends is replaced, and the next one too, for ever. */
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

/** Instances spread evenly over the zones: with one lost, its share is missing just when it is needed. */
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

/** The fewest instances of which `needed` are left when one of `zones` is lost. */
export function leastSize(needed: number, zones: number): number {
  return needed + Math.ceil(needed / (zones - 1));
}

/** One type is one pool of Spot capacity in each zone, and it runs dry for all at once. */
function spotOfOneType({ fleet: { spot, instanceTypes } }: Settings): Violation[] {
  if (spot.percent === 0) return [];
  if (instanceTypes.length > 1) return [];
  return [
    {
      at: "fleet.spot.percent",
      allowed: `0, as there is a single one of instanceTypes, ${instanceTypes.join()}: its Spot capacity runs dry for all at once`,
      remedy: "add instance types of about the same size to instanceTypes, or remove fleet.spot.percent",
    },
  ];
}

function onDemandBaseAboveMax({ fleet: { spot, maxSize } }: Settings): Violation[] {
  if (spot.percent === 0 || spot.onDemandBase < maxSize) return [];
  return [
    {
      at: "fleet.spot.onDemandBase",
      allowed: `less than maxSize, ${maxSize}: with more, no instance is left for Spot capacity`,
      remedy: `lower fleet.spot.onDemandBase, raise maxSize above ${spot.onDemandBase}, or set fleet.spot.percent to 0`,
    },
  ];
}

/**
 * What AWS doesn't take of a warm pool. Since November 2025 it takes several instance types, on demand.
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
      allowed: `off, as fleet.spot.percent is ${spot.percent}: AWS keeps no Spot instances in a warm pool`,
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
      allowed: `nothing, or at least ${least}: minSize, ${minSize}, serve and fleet.warmPool.minSize, ${pool.minSize}, wait`,
      remedy: `raise fleet.warmPool.maxPreparedCapacity to ${least}, or lower fleet.warmPool.minSize`,
    });
  }
  return violations;
}

/** AWS's least for a hook: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
const LEAST_HOOK_SECONDS = 30;

/** What is left of `drainSeconds` for the application to stop, at the least. */
const LEAST_STOP_SECONDS = 10;

/**
 * An instance lets the load balancer's requests finish before it stops the application; what the balancer waits
 * for them must be over by then.
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
      allowed: `0, or at least ${least}: AWS's least is ${LEAST_HOOK_SECONDS}, and after loadBalancing.deregistrationDelaySeconds, ${delay}, the application has ${LEAST_STOP_SECONDS} to stop`,
      remedy: `raise fleet.drainSeconds to ${least}, or lower loadBalancing.deregistrationDelaySeconds`,
    },
  ];
}

/** Instance types, some of which need another image than the first. */
export function mixedTypes(at: string, types: readonly string[]): Violation[] {
  const [first] = types;
  if (first === undefined || commonArchitecture(types) !== undefined) return [];
  const others = types.filter((type) => architectureOf(type) !== architectureOf(first));
  return [
    {
      at,
      allowed: `types of one architecture, which the image has: ${first} is ${architectureOf(first)}`,
      remedy: `remove ${others.join(", ")}`,
    },
  ];
}
