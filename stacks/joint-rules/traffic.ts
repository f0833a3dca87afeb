import type { JointFault, JointRule, Known } from "./rule";

/** How requests spread over the instances. */
export const trafficRules: readonly JointRule[] = [
  slowStartOfOthers,
  mitigationOfOthers,
  cookiesWithinZones,
  healthOutOfOrder,
  moreHealthyThanThere,
  tooFewCapacityUnits,
];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#slow-start-mode */
function slowStartOfOthers({ loadBalancing }: Known): JointFault[] {
  if (loadBalancing === undefined || loadBalancing.slowStartSeconds === 0) return [];
  const { engine, algorithm, slowStartSeconds } = loadBalancing;
  const at = ".slowStartSeconds";
  if (engine === "alb" && algorithm !== "roundRobin")
    return [
      {
        key: "loadBalancing",
        at,
        allowed: `0 with the algorithm ${algorithm}: the load balancer starts slowly with roundRobin only`,
        remedy: "remove slowStartSeconds, or set algorithm: roundRobin, or engine: haproxy",
      },
    ];
  if (slowStartSeconds >= 30) return [];
  return [
    {
      key: "loadBalancing",
      at,
      allowed: "0, or from 30 to 900",
      remedy: "raise slowStartSeconds to 30, or remove it",
    },
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#automatic-target-weights */
function mitigationOfOthers({ loadBalancing }: Known): JointFault[] {
  if (loadBalancing === undefined || !loadBalancing.anomalyMitigation) return [];
  if (loadBalancing.algorithm === "weightedRandom") return [];
  return [
    {
      key: "loadBalancing",
      at: ".anomalyMitigation",
      allowed: `false with the algorithm ${loadBalancing.algorithm}: only weightedRandom weighs`,
      remedy: "remove anomalyMitigation, or set algorithm: weightedRandom",
    },
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html */
function cookiesWithinZones({ loadBalancing }: Known): JointFault[] {
  if (loadBalancing === undefined || loadBalancing.crossZone || loadBalancing.stickinessSeconds === 0)
    return [];
  return [
    {
      key: "loadBalancing",
      at: ".stickinessSeconds",
      allowed: "0 with crossZone: false: a cookie's instance may be out of a zone's reach",
      remedy: "remove stickinessSeconds, or crossZone",
    },
  ];
}

/** A zone has to leave before its sick instances get requests: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html */
function healthOutOfOrder({ targetGroupHealth: health }: Known): JointFault[] {
  if (health === undefined || health.dnsMinimumHealthyTargetPercentage === 0) return [];
  const { dnsMinimumHealthyTargetPercentage: dns, routingMinimumHealthyTargetPercentage: routing } = health;
  if (routing <= dns) return [];
  return [
    {
      key: "targetGroupHealth",
      at: ".routingMinimumHealthyTargetPercentage",
      allowed: `at most dnsMinimumHealthyTargetPercentage, ${dns}: AWS takes no other`,
      remedy: `lower it to ${dns}, or raise dnsMinimumHealthyTargetPercentage to ${routing}`,
    },
  ];
}

/** More than run at the least would take every zone out of DNS when the store is quiet, which AWS then undoes. */
function moreHealthyThanThere({ targetGroupHealth: health, minSize }: Known): JointFault[] {
  if (health === undefined || minSize === undefined || health.dnsMinimumHealthyTargetCount <= minSize)
    return [];
  return [
    {
      key: "targetGroupHealth",
      at: ".dnsMinimumHealthyTargetCount",
      allowed: `at most minSize, ${minSize}: more instances need not be there`,
      remedy: "lower it, or take dnsMinimumHealthyTargetPercentage",
    },
  ];
}

/** https://aws.amazon.com/elasticloadbalancing/pricing/ */
function tooFewCapacityUnits({ capacityUnits }: Known): JointFault[] {
  if (capacityUnits === undefined || capacityUnits === 0 || capacityUnits >= LEAST_CAPACITY_UNITS) return [];
  return [
    {
      key: "capacityUnits",
      allowed: `0, or from ${LEAST_CAPACITY_UNITS} to 15000`,
      remedy: `raise capacityUnits to ${LEAST_CAPACITY_UNITS}, or remove it`,
    },
  ];
}

const LEAST_CAPACITY_UNITS = 100;
