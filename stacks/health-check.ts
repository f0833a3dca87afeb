import type { HealthCheck } from "../components/load-balancer/target-group";
import type { Settings } from "./definitions";

/** When an instance counts as healthy, for the load balancer and for proxies alike. */
export function healthCheckOf(
  settings: Pick<
    Settings,
    | "healthCheckPath"
    | "healthCheckIntervalSeconds"
    | "healthCheckTimeoutSeconds"
    | "healthyThreshold"
    | "unhealthyThreshold"
  >,
): HealthCheck {
  return {
    path: settings.healthCheckPath,
    intervalSeconds: settings.healthCheckIntervalSeconds,
    timeoutSeconds: settings.healthCheckTimeoutSeconds,
    healthyThreshold: settings.healthyThreshold,
    unhealthyThreshold: settings.unhealthyThreshold,
  };
}
