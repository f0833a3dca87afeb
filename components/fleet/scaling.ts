import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { AGENT_METRICS, AGENT_NAMESPACE } from "./boot/cloudwatch-agent";

/** What scaling aims for. */
export interface ScalingArgs {
  /** Which requests are counted. */
  readonly requests: CountedRequests;
  /** Mean CPU use that scaling aims for, in percent. */
  readonly cpuTargetPercent: number;
  /** Mean use of memory that scaling aims for, in percent, as the CloudWatch agent reports it; undefined for no matter how much. */
  readonly memoryTargetPercent?: number | undefined;
  /** Requests a minute for each instance that scaling aims for. */
  readonly requestsPerTargetPerMinute: number;
}

/** The requests that a group scales by: those of its own target group, or a share of those of another one. */
export type CountedRequests =
  | {
      /** `<load balancer's ARN suffix>/<target group's ARN suffix>`, available once a listener joins the two. */
      readonly resourceLabel: pulumi.Input<string>;
    }
  | {
      /** ARN suffix of the load balancer that gets the requests. */
      readonly loadBalancer: pulumi.Input<string>;
      /** ARN suffix of the target group of the proxies that share them out among the group's instances. */
      readonly proxies: pulumi.Input<string>;
    };

/**
 * Scaling on what runs out first: processors, requests an instance can take, or memory. The highest demand wins.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html (Multiple target tracking policies)
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
        ...requestMetric(args.requests, group),
        targetValue: args.requestsPerTargetPerMinute,
      },
    },
    { parent },
  );
  if (args.memoryTargetPercent === undefined) return;
  new aws.autoscaling.Policy(
    `${name}-memory`,
    {
      autoscalingGroupName: group.name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        customizedMetricSpecification: {
          metrics: [
            {
              ...metric("memory", AGENT_NAMESPACE, AGENT_METRICS.memory, "Average", {
                AutoScalingGroupName: group.name,
              }),
              returnData: true,
            },
          ],
        },
        targetValue: args.memoryTargetPercent,
      },
    },
    { parent },
  );
}

/**
 * Requests a minute for each instance. Behind proxies AWS counts none per target: it is what the proxies got, among the
 * instances in service, which the group has to report.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-target-tracking-metric-math.html
 */
function requestMetric(
  requests: CountedRequests,
  group: aws.autoscaling.Group,
): aws.types.input.autoscaling.PolicyTargetTrackingConfiguration | object {
  if ("resourceLabel" in requests) {
    return {
      predefinedMetricSpecification: {
        predefinedMetricType: "ALBRequestCountPerTarget",
        resourceLabel: requests.resourceLabel,
      },
    };
  }
  return {
    customizedMetricSpecification: {
      metrics: [
        metric("requests", "AWS/ApplicationELB", "RequestCount", "Sum", {
          LoadBalancer: requests.loadBalancer,
          TargetGroup: requests.proxies,
        }),
        metric("instances", "AWS/AutoScaling", "GroupInServiceInstances", "Average", {
          AutoScalingGroupName: group.name,
        }),
        {
          id: "each",
          expression: "requests / instances",
          label: "Requests a minute for each instance",
          returnData: true,
        },
      ],
    },
  };
}

/** A metric that a policy computes with. */
function metric(
  id: string,
  namespace: string,
  metricName: string,
  stat: string,
  dimensions: Readonly<Record<string, pulumi.Input<string>>>,
): aws.types.input.autoscaling.PolicyTargetTrackingConfigurationCustomizedMetricSpecificationMetric {
  return {
    id,
    metricStat: {
      stat,
      metric: {
        namespace,
        metricName,
        dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
      },
    },
    returnData: false,
  };
}
