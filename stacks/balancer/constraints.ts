import { endpointConstraints } from "./endpoint-constraints";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";

/** Constraints on how requests are distributed over the instances. */
export const constraints: readonly Constraint[] = [
  timeoutBeyondInterval,
  noticedTooLate,
  slowStartOfOthers,
  mitigationOfOthers,
  cookiesWithinZones,
  healthOutOfOrder,
  moreHealthyThanThere,
  ...endpointConstraints,
];

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#slow-start-mode
 */
function slowStartOfOthers({
  loadBalancing: { engine, algorithm, slowStartSeconds },
}: Settings): Violation[] {
  if (slowStartSeconds === undefined || engine !== "alb" || algorithm === "roundRobin") return [];
  return [
    {
      at: "loadBalancing.slowStartSeconds",
      allowed: `no value with the algorithm ${algorithm}: the load balancer supports slow start with roundRobin only`,
      remedy: "remove slowStartSeconds, or set algorithm: roundRobin",
    },
  ];
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#automatic-target-weights
 */
function mitigationOfOthers({ loadBalancing }: Settings): Violation[] {
  if (!loadBalancing.anomalyMitigation) return [];
  if (loadBalancing.algorithm === "weightedRandom") return [];
  return [
    {
      at: "loadBalancing.anomalyMitigation",
      allowed: `false with the algorithm ${loadBalancing.algorithm}: only weightedRandom supports it`,
      remedy: "remove anomalyMitigation, or set algorithm: weightedRandom",
    },
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html */
function cookiesWithinZones({ loadBalancing }: Settings): Violation[] {
  if (loadBalancing.crossZone || loadBalancing.stickinessSeconds === 0) return [];
  return [
    {
      at: "loadBalancing.stickinessSeconds",
      allowed: "0 with crossZone: false: a zone may not reach the instance of a cookie",
      remedy: "remove stickinessSeconds, or crossZone",
    },
  ];
}

/**
 * A zone must leave DNS before its unhealthy instances get requests:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
function healthOutOfOrder({ targetGroupHealth: health }: Settings): Violation[] {
  if (health.dnsMinimumHealthyTargetPercentage === 0) return [];
  const { dnsMinimumHealthyTargetPercentage: dns, routingMinimumHealthyTargetPercentage: routing } = health;
  if (routing <= dns) return [];
  return [
    {
      at: "targetGroupHealth.routingMinimumHealthyTargetPercentage",
      allowed: `at most dnsMinimumHealthyTargetPercentage, ${dns}: AWS refuses more`,
      remedy: `lower it to ${dns}, or raise dnsMinimumHealthyTargetPercentage to ${routing}`,
    },
  ];
}

/** A value above minSize would take every zone out of DNS at minimum load, which AWS then reverts. */
function moreHealthyThanThere({ targetGroupHealth: health, fleet: { minSize } }: Settings): Violation[] {
  if (health.dnsMinimumHealthyTargetCount <= minSize) return [];
  return [
    {
      at: "targetGroupHealth.dnsMinimumHealthyTargetCount",
      allowed: `at most minSize, ${minSize}: there may be no more instances`,
      remedy: "lower it, or use dnsMinimumHealthyTargetPercentage",
    },
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
function timeoutBeyondInterval(settings: Settings): Violation[] {
  const {
    healthCheck: { timeoutSeconds: timeout, intervalSeconds: interval },
  } = settings;
  if (timeout < interval) return [];
  return [
    {
      at: "healthCheck.timeoutSeconds",
      allowed: `less than healthCheck.intervalSeconds, ${interval}`,
      remedy: `lower healthCheck.timeoutSeconds below ${interval}, or raise healthCheck.intervalSeconds above ${timeout}`,
    },
  ];
}

/** The limit of the policy `health-detection-time`. */
const LONGEST_DETECTION_SECONDS = 180;

/** Until an unhealthy instance is detected, it gets requests. */
function noticedTooLate(settings: Settings): Violation[] {
  const {
    healthCheck: { unhealthyThreshold: threshold, intervalSeconds: interval },
  } = settings;
  if (threshold * interval <= LONGEST_DETECTION_SECONDS) return [];
  return [
    {
      at: "healthCheck.unhealthyThreshold",
      allowed: `checks that detect an unhealthy instance within ${LONGEST_DETECTION_SECONDS} seconds: ${threshold} checks at an interval of ${interval} s take ${threshold * interval}`,
      remedy: `lower healthCheck.unhealthyThreshold, or healthCheck.intervalSeconds to ${Math.floor(LONGEST_DETECTION_SECONDS / threshold)}`,
    },
  ];
}
