import type * as pulumi from "@pulumi/pulumi";

import { AGENT_METRICS, AGENT_NAMESPACE } from "../fleet/boot/cloudwatch-agent";
import { type AlarmDefinition, ELB, ENOUGH, MINUTE, type Query } from "./alarm";

/**
 * Alarm on an Auto Scaling group that has reached its maximum size.
 *
 * @param groupName - name of the group, which must report `GROUP_METRICS`
 * @param suffix - suffix of the alarm's name, unique among the groups
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html
 */
export function capacityAlarm(groupName: pulumi.Input<string>, suffix: string): AlarmDefinition {
  const size = (id: string, metricName: string): Query => ({
    id,
    namespace: "AWS/AutoScaling",
    metricName,
    stat: "Maximum",
    periodSeconds: MINUTE,
    dimensions: { AutoScalingGroupName: groupName },
  });
  return {
    id: `capacity-at-max${suffix}`,
    runbook: "capacity-at-max",
    severity: "attention",
    description:
      "The group has wanted its greatest size for 15 minutes: more load finds no more instances. Shorter than that, a peak " +
      "may be over before anybody could act.",
    queries: [
      size("wanted", "GroupDesiredCapacity"),
      size("most", "GroupMaxSize"),
      { id: "used", expression: "IF(most > 0, 100 * wanted / most, 0)", label: "Of the greatest size, %" },
    ],
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 100,
    periods: { of: 15, atLeast: 15 },
    missingData: "notBreaching",
  };
}

/**
 * The metrics that a group must report for {@link capacityAlarm} and the dashboard. They are free of charge.
 */
export const GROUP_METRICS = [
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupMaxSize",
  "GroupMinSize",
] as const;

/**
 * Alarms on the metrics of a group's CloudWatch agents, and on agents that report nothing.
 *
 * @param groupName - name of the group, by which the agents aggregate their metrics; it must report {@link
 *   GROUP_METRICS}
 * @param suffix - suffix of the alarm's name, unique among the groups
 */
export function agentAlarms(
  groupName: pulumi.Input<string>,
  suffix: string,
  { memoryPercent, diskPercent }: { readonly memoryPercent: number; readonly diskPercent: number },
): AlarmDefinition[] {
  const used = (id: string, metricName: string, stat: string, periodSeconds: number): Query => ({
    id,
    namespace: AGENT_NAMESPACE,
    metricName,
    stat,
    periodSeconds,
    dimensions: { AutoScalingGroupName: groupName },
  });
  const tooMuch = (
    what: keyof typeof AGENT_METRICS,
    of: string,
    threshold: number,
    because: string,
  ): AlarmDefinition => ({
    id: `${what}${suffix}`,
    runbook: what,
    severity: "attention",
    description: `An instance has had more than ${threshold} % of its ${of} in use for 10 minutes. ${because}`,
    queries: [used(what, AGENT_METRICS[what], "Maximum", MINUTE)],
    comparison: "GreaterThanThreshold",
    threshold,
    periods: { of: 10, atLeast: 10 },
    missingData: "missing",
  });
  return [
    tooMuch(
      "memory",
      "memory",
      memoryPercent,
      "When there is none left, the kernel ends a process, most often the application. Shorter than that, it may be a job that is over by now.",
    ),
    tooMuch(
      "disk",
      "root volume",
      diskPercent,
      "What fills a volume seldom stops by itself, and with none left nothing can be written.",
    ),
    {
      id: `agent-silent${suffix}`,
      runbook: "agent-silent",
      severity: "attention",
      description:
        "The group has had instances for an hour, and none has reported its memory: their logs are missing, too, and the alarms on memory " +
        "and disk know nothing. An hour, as the store goes first, and the agent is tried again for as long as it takes.",
      queries: [
        {
          id: "instances",
          namespace: "AWS/AutoScaling",
          metricName: "GroupInServiceInstances",
          stat: "Minimum",
          periodSeconds: 5 * MINUTE,
          dimensions: { AutoScalingGroupName: groupName },
        },
        used("reports", AGENT_METRICS.memory, "SampleCount", 5 * MINUTE),
        {
          id: "silent",
          expression: "IF(FILL(instances, 0) > 0 AND FILL(reports, 0) == 0, 1, 0)",
          label: "Instances, and no report",
        },
      ],
      comparison: "GreaterThanThreshold",
      threshold: 0,
      periods: { of: 12, atLeast: 12 },
      missingData: "notBreaching",
    },
  ];
}

/**
 * Alarm on a certificate that is not renewed.
 *
 * @param certificateArn - ARN of a certificate in the alarm's Region, because ACM reports each certificate in
 *   its own Region
 * @param suffix - suffix of the alarm's name, unique among the certificates
 * @see https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
 */
export function certificateAlarm(
  certificateArn: pulumi.Input<string>,
  days: number,
  suffix: string = "",
): AlarmDefinition {
  return {
    id: `certificate-expiry${suffix}`,
    runbook: "certificate-expiry",
    severity: "attention",
    description:
      `The certificate has less than ${days} days left. ACM renews its own earlier than that, so the renewal has failed: ` +
      "most often because a validation record is gone. One that you imported you renew yourself.",
    queries: [
      {
        id: "days",
        namespace: "AWS/CertificateManager",
        metricName: "DaysToExpiry",
        stat: "Minimum",
        periodSeconds: 24 * 60 * MINUTE,
        dimensions: { CertificateArn: certificateArn },
      },
    ],
    comparison: "LessThanThreshold",
    threshold: days,
    periods: { of: 1, atLeast: 1 },
    // ACM reports a new certificate within a day.
    missingData: "missing",
  };
}

/**
 * Alarm on a store that can't be reached by its public name, even if all AWS resources look healthy.
 *
 * It notifies separately, because it is in another Region than the composite alarm of problems that customers
 * notice.
 *
 * @param healthCheckId - id of the Route 53 health check; the alarm must be in us-east-1
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html
 */
export function outsideAlarm(healthCheckId: pulumi.Input<string>): AlarmDefinition {
  return {
    id: "unreachable-from-outside",
    severity: "attention",
    description:
      "Route 53 has not reached the store by its public name for 2 minutes, from most of the places that it asks from: " +
      "DNS, TLS, CloudFront and the load balancer, as customers come. One minute may be the network between.",
    queries: [
      {
        id: "reached",
        namespace: "AWS/Route53",
        metricName: "HealthCheckStatus",
        stat: "Minimum",
        periodSeconds: MINUTE,
        dimensions: { HealthCheckId: healthCheckId },
      },
    ],
    comparison: "LessThanThreshold",
    threshold: 1,
    periods: { of: 2, atLeast: 2 },
    // A new health check reports within minutes.
    missingData: "missing",
  };
}

/**
 * Alarm on missing access logs while requests arrive.
 *
 * @param arnSuffix - suffix of the load balancer's ARN, beginning with `app/`
 * @param bucket - name of the bucket of its access logs
 * @param filterId - filter id of the bucket's request metrics on the logs' prefix
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html
 */
export function logDeliveryAlarm(
  arnSuffix: pulumi.Input<string>,
  bucket: pulumi.Input<string>,
  filterId: pulumi.Input<string>,
): AlarmDefinition {
  const periodSeconds = 5 * MINUTE;
  return {
    id: "log-delivery",
    severity: "attention",
    description:
      "Requests come, and for 30 minutes no access log has arrived. The load balancer writes one every 5 minutes, at the " +
      "best effort: one missing is nothing, six in a row mean that it may not write.",
    queries: [
      {
        id: "requests",
        namespace: ELB,
        metricName: "RequestCount",
        stat: "Sum",
        periodSeconds,
        dimensions: { LoadBalancer: arnSuffix },
      },
      {
        id: "written",
        namespace: "AWS/S3",
        metricName: "PutRequests",
        stat: "Sum",
        periodSeconds,
        dimensions: { BucketName: bucket, FilterId: filterId },
      },
      {
        id: "missing",
        expression: `IF(FILL(requests, 0) > ${ENOUGH} AND FILL(written, 0) == 0, 1, 0)`,
        label: "Requests without a log",
      },
    ],
    comparison: "GreaterThanThreshold",
    threshold: 0,
    periods: { of: 6, atLeast: 6 },
    missingData: "notBreaching",
  };
}
