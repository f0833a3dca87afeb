import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { AGENT_METRICS, AGENT_NAMESPACE } from "./boot/cloudwatch-agent";

/** The targets of scaling. */
export interface ScalingArgs {
  /** The requests that are counted. */
  readonly requests: CountedRequests;
  /** Target for average CPU utilization, in percent. */
  readonly cpuTargetPercent: number;
  /**
   * Target for average memory utilization, in percent, as the CloudWatch agent reports it; undefined for
   * none.
   */
  readonly memoryTargetPercent?: number | undefined;
  /** Target for requests per minute and instance. */
  readonly requestsPerTargetPerMinute: number;
}

/**
 * The requests that a group scales on: those of its own target group, or a share of those of the proxies'
 * target group.
 */
export type CountedRequests =
  | {
      /**
       * `<load balancer's ARN suffix>/<target group's ARN suffix>`, available once a listener connects the
       * two.
       */
      readonly resourceLabel: pulumi.Input<string>;
    }
  | {
      /** ARN suffix of the load balancer that gets the requests. */
      readonly loadBalancer: pulumi.Input<string>;
      /**
       * ARN suffix of the target group of the proxies, which distribute the requests among the group's
       * instances.
       */
      readonly proxies: pulumi.Input<string>;
    };

/**
 * Creates target tracking policies for CPU, requests and, if set, memory. The policy that asks for the most
 * instances applies.
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
 * Requests per minute and instance. Behind proxies, AWS counts no requests per instance: the metric is the
 * proxies' requests divided by the number of instances in service, which the group has to report.
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

/** A metric of a policy's metric math. */
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
