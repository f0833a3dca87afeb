import type { JointFault, JointRule, Known } from "./rule";

/** How customers' requests reach the instances. */
export const balancingRules: readonly JointRule[] = [timeoutBeyondInterval];

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
