import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What scaling aims for. */
export interface ScalingArgs {
  /** `<load balancer's ARN suffix>/<target group's ARN suffix>`, available once a listener joins the two. */
  readonly requestCountResourceLabel: pulumi.Input<string>;
  /** Mean CPU use that scaling aims for, in percent. */
  readonly cpuTargetPercent: number;
  /** Requests a minute for each instance that scaling aims for. */
  readonly requestsPerTargetPerMinute: number;
}

/**
 * Scaling on what runs out first: processors, or requests an instance can take. The higher demand of the
 * two wins.
 */
export function createScalingPolicies(
  name: string,
  args: ScalingArgs,
  group: aws.autoscaling.Group,
  parent: pulumi.Resource,
): void {
  new aws.autoscaling.Policy(
    `${name}-cpu`,
    {
      autoscalingGroupName: group.name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue: args.cpuTargetPercent,
      },
    },
    { parent },
  );
  new aws.autoscaling.Policy(
    `${name}-requests`,
    {
      autoscalingGroupName: group.name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: "ALBRequestCountPerTarget",
          resourceLabel: args.requestCountResourceLabel,
        },
        targetValue: args.requestsPerTargetPerMinute,
      },
    },
    { parent },
  );
}
