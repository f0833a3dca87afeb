import type * as pulumi from "@pulumi/pulumi";

/**
 * Whom an alarm concerns: `customers` notice what is wrong now; what wants `attention` they will notice if
 * nobody acts.
 */
export type Severity = "customers" | "attention";

/** A metric, or what is computed from metrics. */
export type Query =
  | {
      readonly id: string;
      readonly namespace: string;
      readonly metricName: string;
      readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
      /** `Sum`, `Minimum`, `p99`, … */
      readonly stat: string;
      readonly periodSeconds: number;
    }
  | { readonly id: string; readonly expression: string; readonly label: string };

/** One alarm, before it is a resource. */
export interface AlarmDefinition {
  /** Ending of the alarm's name. */
  readonly id: string;
  /**
   * Anchor of its runbook.
   *
   * @default its id
   */
  readonly runbook?: string;
  readonly severity: Severity;
  /** What is the matter, and why the threshold is where it is. */
  readonly description: string;
  /** The last one is compared with the threshold. */
  readonly queries: readonly Query[];
  readonly comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Periods that are looked at, and how many of them have to be beyond the threshold. */
  readonly periods: { readonly of: number; readonly atLeast: number };
  /** What a period without data counts as. */
  readonly missingData: "notBreaching" | "breaching" | "missing";
}

/** A target group as CloudWatch names it. */
export interface TargetGroupMetrics {
  /** The ARN's end, from `targetgroup/` on. */
  readonly arnSuffix: pulumi.Input<string>;
  /** Ending that tells its alarms from those of another group; empty for the first. */
  readonly suffix: string;
  /** Whether customers' requests go there. */
  readonly isServing: boolean;
}

/** Where the alarms go off. */
export interface AlarmThresholds {
  /** Percent of the requests that instances answer with a 5xx. */
  readonly targetErrorPercent: number;
  /** Percent of the requests that the load balancer itself answers with a 5xx. */
  readonly balancerErrorPercent: number;
  /** Milliseconds in which an instance answers all but the slowest hundredth of the requests. */
  readonly latencyP99Milliseconds: number;
  /** Percent of the TLS connections that fail. */
  readonly tlsErrorPercent: number;
  /** Days that are left to a certificate. */
  readonly certificateDays: number;
}

const ELB = "AWS/ApplicationELB";
const MINUTE = 60;

/** Requests, or connections, in a period below which a share says nothing: one in a hundred would be one. */
const ENOUGH = 100;

/**
 * Events in a minute below which they are chance, and nobody is woken. It is what CloudWatch, too, takes for significant:
 * a percentile p has enough data with 10 / (1 - p) points, of which 10 lie beyond it. CloudWatch's own switch for that,
 * `EvaluateLowSampleCountPercentile: ignore`, won't do: it holds the state that the alarm has, so that one that rang in
 * the evening rings all night, when few come.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 */
const SIGNIFICANT = 10;

/**
 * Alarms on the load balancer and its target groups.
 *
 * @param arnSuffix - the load balancer's ARN, from `app/` on
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function balancerAlarms(
  arnSuffix: pulumi.Input<string>,
  targetGroups: readonly TargetGroupMetrics[],
  thresholds: AlarmThresholds,
): AlarmDefinition[] {
  const dimensions = { LoadBalancer: arnSuffix };
  const sum = (id: string, metricName: string): Query => ({
    ...{ id, namespace: ELB, metricName, dimensions, stat: "Sum", periodSeconds: MINUTE },
  });
  const responseTime = (stat: "p90" | "p99"): Query => ({
    ...{
      id: stat,
      namespace: ELB,
      metricName: "TargetResponseTime",
      dimensions,
      stat,
      periodSeconds: MINUTE,
    },
  });
  return [
    ...targetGroups.flatMap((group) => healthAlarms(arnSuffix, group)),
    {
      id: "target-errors",
      severity: "customers",
      description:
        `Instances answer more than ${thresholds.targetErrorPercent} % of the requests with a 5xx, in 3 of 5 minutes. ` +
        `A share, so that it means the same by night and at the peak; fewer than ${SIGNIFICANT} errors in a minute are not judged.`,
      queries: [
        sum("errors", "HTTPCode_Target_5XX_Count"),
        sum("requests", "RequestCount"),
        share("errors", "requests", MANY_ERRORS, "Answered with 5xx by instances, %"),
      ],
      comparison: "GreaterThanThreshold",
      threshold: thresholds.targetErrorPercent,
      periods: { of: 5, atLeast: 3 },
      missingData: "notBreaching",
    },
    {
      id: "balancer-errors",
      severity: "customers",
      description:
        `The load balancer itself answers more than ${thresholds.balancerErrorPercent} % of the requests with a 5xx, in 3 of 5 minutes: ` +
        `no instance took them, or none answered in time. Fewer than ${SIGNIFICANT} in a minute are not judged.`,
      queries: [
        sum("errors", "HTTPCode_ELB_5XX_Count"),
        sum("requests", "RequestCount"),
        // What no instance takes is not in RequestCount.
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
        share(
          "errors",
          "(FILL(requests, 0) + FILL(errors, 0))",
          MANY_ERRORS,
          "Answered with 5xx by the load balancer, %",
        ),
      ],
      comparison: "GreaterThanThreshold",
      threshold: thresholds.balancerErrorPercent,
      periods: { of: 5, atLeast: 3 },
      missingData: "notBreaching",
    },
    {
      id: "latency",
      severity: "customers",
      description:
        `One request in a hundred waits longer than ${thresholds.latencyP99Milliseconds} ms for an instance, in 4 of 5 minutes. ` +
        "The mean would hide it: a page of a hundred requests has one of them for everyone. With fewer than " +
        `${enoughFor("p99")} requests a minute it is one in ten; with fewer than ${enoughFor("p90")} it is not judged.`,
      queries: [
        sum("requests", "RequestCount"),
        responseTime("p99"),
        responseTime("p90"),
        {
          id: "slowest",
          expression: `IF(requests >= ${enoughFor("p99")}, p99, IF(requests >= ${enoughFor("p90")}, p90, 0))`,
          label: "All but the slowest wait at most, s",
        },
      ],
      comparison: "GreaterThanThreshold",
      threshold: thresholds.latencyP99Milliseconds / 1000,
      periods: { of: 5, atLeast: 4 },
      missingData: "notBreaching",
    },
    {
      id: "rejected-connections",
      severity: "customers",
      description:
        "The load balancer turned connections away: it had reached its greatest number. One is too many, for whoever was " +
        "turned away saw no store.",
      queries: [sum("rejected", "RejectedConnectionCount")],
      comparison: "GreaterThanThreshold",
      threshold: 0,
      periods: { of: 1, atLeast: 1 },
      missingData: "notBreaching",
    },
    {
      id: "tls-errors",
      severity: "attention",
      description:
        `More than ${thresholds.tlsErrorPercent} % of the connections fail in the TLS handshake, in 4 of 5 minutes. ` +
        `A few always do, scanners and old clients, so below ${ENOUGH} connections a minute it is not judged; a surge comes after a change of certificate or TLS policy, or from an attack.`,
      queries: [
        sum("failed", "ClientTLSNegotiationErrorCount"),
        sum("opened", "NewConnectionCount"),
        share("failed", CONNECTIONS, `${CONNECTIONS} > ${ENOUGH}`, "Failed TLS handshakes, %"),
      ],
      comparison: "GreaterThanThreshold",
      threshold: thresholds.tlsErrorPercent,
      periods: { of: 5, atLeast: 4 },
      missingData: "notBreaching",
    },
  ];
}

function healthAlarms(balancer: pulumi.Input<string>, group: TargetGroupMetrics): AlarmDefinition[] {
  const hosts = (id: string, metricName: string, stat: string): Query => ({
    ...{ id, namespace: ELB, metricName, stat, periodSeconds: MINUTE },
    dimensions: { LoadBalancer: balancer, TargetGroup: group.arnSuffix },
  });
  const unhealthy: AlarmDefinition = {
    id: `unhealthy-instances${group.suffix}`,
    runbook: "unhealthy-instances",
    severity: "attention",
    description:
      "An instance has been unhealthy for 10 minutes. An unhealthy one is replaced long before that, so the new one is unhealthy too, " +
      "or none can be had.",
    queries: [hosts("unhealthy", "UnHealthyHostCount", "Maximum")],
    comparison: "GreaterThanThreshold",
    threshold: 0,
    periods: { of: 10, atLeast: 10 },
    missingData: "notBreaching",
  };
  if (!group.isServing) return [unhealthy];
  return [
    unhealthy,
    {
      id: `no-healthy-instance${group.suffix}`,
      runbook: "no-healthy-instance",
      severity: "customers",
      description:
        "No instance has been healthy for 2 minutes: the store is down. One minute may be a gap between two reports.",
      queries: [hosts("healthy", "HealthyHostCount", "Maximum")],
      comparison: "LessThanThreshold",
      threshold: 1,
      periods: { of: 2, atLeast: 2 },
      // A group without any instance reports nothing.
      missingData: "breaching",
    },
  ];
}

/**
 * Alarm on an Auto Scaling group that can't grow any more.
 *
 * @param groupName - the group; it has to report `GROUP_METRICS`
 * @param suffix - ending that tells its alarm from another group's
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html
 */
export function capacityAlarm(groupName: pulumi.Input<string>, suffix: string): AlarmDefinition {
  const size = (id: string, metricName: string): Query => ({
    ...{ id, namespace: "AWS/AutoScaling", metricName, stat: "Maximum", periodSeconds: MINUTE },
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

/** What a group has to report, for {@link capacityAlarm} and the dashboard. Free of charge. */
export const GROUP_METRICS = [
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupMaxSize",
  "GroupMinSize",
] as const;

/**
 * Alarm on a certificate that nobody renews.
 *
 * @param certificateArn - in the Region of the alarm: ACM counts the days of each where it is
 * @see https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
 */
export function certificateAlarm(certificateArn: pulumi.Input<string>, days: number): AlarmDefinition {
  return {
    id: "certificate-expiry",
    severity: "attention",
    description:
      `The certificate has less than ${days} days left. ACM renews its own earlier than that, so the renewal has failed: ` +
      "most often because a validation record is gone. One that you imported you renew yourself.",
    queries: [
      {
        ...{ id: "days", namespace: "AWS/CertificateManager", metricName: "DaysToExpiry" },
        ...{ stat: "Minimum", periodSeconds: 24 * 60 * MINUTE },
        dimensions: { CertificateArn: certificateArn },
      },
    ],
    comparison: "LessThanThreshold",
    threshold: days,
    periods: { of: 1, atLeast: 1 },
    // A new certificate is reported within a day.
    missingData: "missing",
  };
}

/**
 * Alarm on a store that can't be reached by its public name, whatever AWS says of its parts.
 *
 * It is told by itself, from another Region than those that customers notice are summed up in.
 *
 * @param healthCheckId - Route 53's; the alarm has to be in us-east-1
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
        ...{ id: "reached", namespace: "AWS/Route53", metricName: "HealthCheckStatus" },
        ...{ stat: "Minimum", periodSeconds: MINUTE },
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
 * Alarm on access logs that don't arrive though requests do.
 *
 * @param arnSuffix - the load balancer's ARN, from `app/` on
 * @param bucket - where its access logs go
 * @param filterId - the bucket's request metrics on the logs' prefix
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
        ...{ id: "requests", namespace: ELB, metricName: "RequestCount", stat: "Sum", periodSeconds },
        dimensions: { LoadBalancer: arnSuffix },
      },
      {
        ...{ id: "written", namespace: "AWS/S3", metricName: "PutRequests", stat: "Sum", periodSeconds },
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

/** Connections in a minute. */
const CONNECTIONS = "(FILL(opened, 0) + FILL(failed, 0))";

/** When errors are too many to be chance. */
const MANY_ERRORS = `FILL(errors, 0) >= ${SIGNIFICANT}`;

/** Percent of `whole` that `part` is, or 0 where the numbers are too small to say so. */
function share(part: string, whole: string, isEnough: string, label: string): Query {
  return { id: "share", expression: `IF(${isEnough}, 100 * FILL(${part}, 0) / ${whole}, 0)`, label };
}

/** Requests in a minute of which {@link SIGNIFICANT} are beyond a percentile. */
function enoughFor(percentile: "p90" | "p99"): number {
  return { p90: 10 * SIGNIFICANT, p99: 100 * SIGNIFICANT }[percentile];
}
