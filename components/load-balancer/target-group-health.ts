import type * as aws from "@pulumi/aws";

/**
 * Thresholds for too few healthy targets in a target group. AWS acts on whichever threshold is crossed first.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export interface TargetGroupHealth {
  /**
   * With fewer healthy targets, a zone is removed from the load balancer's DNS name; 0 for never. AWS's
   * default is 1.
   */
  readonly dnsMinimumHealthyTargetCount: number;
  /** The same threshold in percent of the group's targets, 1 to 100; 0 for never. */
  readonly dnsMinimumHealthyTargetPercentage: number;
  /**
   * With a smaller percentage of healthy targets, requests go to all targets, so that the remaining healthy
   * ones are not overloaded; 0 for only if none is healthy. At most the percentage for DNS, so that a zone is
   * removed from DNS first.
   */
  readonly routingMinimumHealthyTargetPercentage: number;
}

/** The properties of an AWS target group. All are set, because the provider's defaults differ from AWS's. */
export function targetGroupHealth(
  health: TargetGroupHealth,
): NonNullable<aws.lb.TargetGroupArgs["targetGroupHealth"]> {
  const orOff = (value: number): string => (value === 0 ? "off" : String(value));
  return {
    dnsFailover: {
      minimumHealthyTargetsCount: orOff(health.dnsMinimumHealthyTargetCount),
      minimumHealthyTargetsPercentage: orOff(health.dnsMinimumHealthyTargetPercentage),
    },
    unhealthyStateRouting: {
      // A count above 1 would send visitors to unhealthy targets while healthy ones exist.
      minimumHealthyTargetsCount: 1,
      minimumHealthyTargetsPercentage: orOff(health.routingMinimumHealthyTargetPercentage),
    },
  };
}
