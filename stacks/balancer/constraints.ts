import type { Settings } from "../settings";
import type { Constraint, Violation } from "../settings/constraint";

/** How requests spread over the instances. */
export const constraints: readonly Constraint[] = [
  timeoutBeyondInterval,
  noticedTooLate,
  slowStartOfOthers,
  mitigationOfOthers,
  cookiesWithinZones,
  healthOutOfOrder,
  moreHealthyThanThere,
  tooFewCapacityUnits,
];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#slow-start-mode */
function slowStartOfOthers({ loadBalancing }: Settings): Violation[] {
  if (loadBalancing.slowStartSeconds === 0) return [];
  const { engine, algorithm, slowStartSeconds } = loadBalancing;
  const at = "loadBalancing.slowStartSeconds";
  if (engine === "alb" && algorithm !== "roundRobin")
    return [
      {
        at,
        allowed: `0 with the algorithm ${algorithm}: the load balancer starts slowly with roundRobin only`,
        remedy: "remove slowStartSeconds, or set algorithm: roundRobin, or engine: haproxy",
      },
    ];
  if (slowStartSeconds >= 30) return [];
  return [
    {
      at,
      allowed: "0, or from 30 to 900",
      remedy: "raise slowStartSeconds to 30, or remove it",
    },
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#automatic-target-weights */
function mitigationOfOthers({ loadBalancing }: Settings): Violation[] {
  if (!loadBalancing.anomalyMitigation) return [];
  if (loadBalancing.algorithm === "weightedRandom") return [];
  return [
    {
      at: "loadBalancing.anomalyMitigation",
      allowed: `false with the algorithm ${loadBalancing.algorithm}: only weightedRandom weighs`,
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
      allowed: "0 with crossZone: false: a cookie's instance may be out of a zone's reach",
      remedy: "remove stickinessSeconds, or crossZone",
    },
  ];
}

/** A zone has to leave before its sick instances get requests: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html */
function healthOutOfOrder({ targetGroupHealth: health }: Settings): Violation[] {
  if (health.dnsMinimumHealthyTargetPercentage === 0) return [];
  const { dnsMinimumHealthyTargetPercentage: dns, routingMinimumHealthyTargetPercentage: routing } = health;
  if (routing <= dns) return [];
  return [
    {
      at: "targetGroupHealth.routingMinimumHealthyTargetPercentage",
      allowed: `at most dnsMinimumHealthyTargetPercentage, ${dns}: AWS takes no other`,
      remedy: `lower it to ${dns}, or raise dnsMinimumHealthyTargetPercentage to ${routing}`,
    },
  ];
}

/** More than run at the least would take every zone out of DNS when the store is quiet, which AWS then undoes. */
function moreHealthyThanThere({ targetGroupHealth: health, minSize }: Settings): Violation[] {
  if (health.dnsMinimumHealthyTargetCount <= minSize) return [];
  return [
    {
      at: "targetGroupHealth.dnsMinimumHealthyTargetCount",
      allowed: `at most minSize, ${minSize}: more instances need not be there`,
      remedy: "lower it, or take dnsMinimumHealthyTargetPercentage",
    },
  ];
}

/** https://aws.amazon.com/elasticloadbalancing/pricing/ */
function tooFewCapacityUnits({ capacityUnits }: Settings): Violation[] {
  if (capacityUnits === 0 || capacityUnits >= LEAST_CAPACITY_UNITS) return [];
  return [
    {
      at: "capacityUnits",
      allowed: `0, or from ${LEAST_CAPACITY_UNITS} to 15000`,
      remedy: `raise capacityUnits to ${LEAST_CAPACITY_UNITS}, or remove it`,
    },
  ];
}

const LEAST_CAPACITY_UNITS = 100;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
function timeoutBeyondInterval(settings: Settings): Violation[] {
  const { healthCheckTimeoutSeconds: timeout, healthCheckIntervalSeconds: interval } = settings;
  if (timeout < interval) return [];
  return [
    {
      at: "healthCheckTimeoutSeconds",
      allowed: `less than healthCheckIntervalSeconds, ${interval}`,
      remedy: `lower healthCheckTimeoutSeconds below ${interval}, or raise healthCheckIntervalSeconds above ${timeout}`,
    },
  ];
}

/** As long as the policy `health-detection-time` allows. */
const LONGEST_DETECTION_SECONDS = 180;

/** Until a sick instance is noticed, visitors are sent to it. */
function noticedTooLate(settings: Settings): Violation[] {
  const { unhealthyThreshold: threshold, healthCheckIntervalSeconds: interval } = settings;
  if (threshold * interval <= LONGEST_DETECTION_SECONDS) return [];
  return [
    {
      at: "unhealthyThreshold",
      allowed: `checks that take ${LONGEST_DETECTION_SECONDS} seconds at the most to notice a sick instance: ${threshold} at an interval of ${interval} s take ${threshold * interval}`,
      remedy: `lower unhealthyThreshold, or healthCheckIntervalSeconds to ${Math.floor(LONGEST_DETECTION_SECONDS / threshold)}`,
    },
  ];
}
