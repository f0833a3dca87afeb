import type { JointFault, JointRule, Known } from "./rule";

/** How customers' requests reach the instances. */
export const balancingRules: readonly JointRule[] = [timeoutBeyondInterval, noticedTooLate];

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

/** As long as the policy `health-detection-time` allows. */
const LONGEST_DETECTION_SECONDS = 180;

/** Until a sick instance is noticed, visitors are sent to it. */
function noticedTooLate(settings: Known): JointFault[] {
  const { unhealthyThreshold: threshold, healthCheckIntervalSeconds: interval } = settings;
  if (threshold === undefined || interval === undefined) return [];
  if (threshold * interval <= LONGEST_DETECTION_SECONDS) return [];
  return [
    {
      key: "unhealthyThreshold",
      allowed: `checks that take ${LONGEST_DETECTION_SECONDS} seconds at the most to notice a sick instance: ${threshold} at an interval of ${interval} s take ${threshold * interval}`,
      remedy: `lower unhealthyThreshold, or healthCheckIntervalSeconds to ${Math.floor(LONGEST_DETECTION_SECONDS / threshold)}`,
    },
  ];
}
