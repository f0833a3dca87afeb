import type * as aws from "@pulumi/aws";

/**
 * When a target group has too few healthy targets. AWS acts on whichever threshold is passed first.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export interface TargetGroupHealth {
  /** With fewer healthy targets, a zone leaves the balancer's DNS name; 0 for never. AWS's default is 1. */
  readonly dnsMinimumHealthyTargetCount: number;
  /** Likewise, in percent of the group's targets, 1 to 100; 0 for never. */
  readonly dnsMinimumHealthyTargetPercentage: number;
  /**
   * With a smaller percentage of healthy targets, requests go to all, so that the last healthy ones are not overrun;
   * 0 for only when none is healthy. No greater than the percentage for DNS: a zone shall leave first.
   */
  readonly routingMinimumHealthyTargetPercentage: number;
}

/** As AWS's target groups have it. All is written out: the provider's defaults are not AWS's. */
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
      // A count above 1 would send visitors to unhealthy targets while there are healthy ones.
      minimumHealthyTargetsCount: 1,
      minimumHealthyTargetsPercentage: orOff(health.routingMinimumHealthyTargetPercentage),
    },
  };
}
