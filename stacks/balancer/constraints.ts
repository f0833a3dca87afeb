import { endpointConstraints } from "./endpoint-constraints";
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
  ...endpointConstraints,
];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#slow-start-mode */
function slowStartOfOthers({
  loadBalancing: { engine, algorithm, slowStartSeconds },
}: Settings): Violation[] {
  if (slowStartSeconds === undefined || engine !== "alb" || algorithm === "roundRobin") return [];
  return [
    {
      at: "loadBalancing.slowStartSeconds",
      allowed: `nothing with the algorithm ${algorithm}: the load balancer starts slowly with roundRobin only`,
      remedy: "remove slowStartSeconds, or set algorithm: roundRobin",
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
function moreHealthyThanThere({ targetGroupHealth: health, fleet: { minSize } }: Settings): Violation[] {
  if (health.dnsMinimumHealthyTargetCount <= minSize) return [];
  return [
    {
      at: "targetGroupHealth.dnsMinimumHealthyTargetCount",
      allowed: `at most minSize, ${minSize}: more instances need not be there`,
      remedy: "lower it, or take dnsMinimumHealthyTargetPercentage",
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

/** As long as the policy `health-detection-time` allows. */
const LONGEST_DETECTION_SECONDS = 180;

/** Until a sick instance is noticed, visitors are sent to it. */
function noticedTooLate(settings: Settings): Violation[] {
  const {
    healthCheck: { unhealthyThreshold: threshold, intervalSeconds: interval },
  } = settings;
  if (threshold * interval <= LONGEST_DETECTION_SECONDS) return [];
  return [
    {
      at: "healthCheck.unhealthyThreshold",
      allowed: `checks that take ${LONGEST_DETECTION_SECONDS} seconds at the most to notice a sick instance: ${threshold} at an interval of ${interval} s take ${threshold * interval}`,
      remedy: `lower healthCheck.unhealthyThreshold, or healthCheck.intervalSeconds to ${Math.floor(LONGEST_DETECTION_SECONDS / threshold)}`,
    },
  ];
}
