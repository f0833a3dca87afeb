import type * as pulumi from "@pulumi/pulumi";

import { type AlarmDefinition, ELB, ENOUGH, MINUTE, type Query } from "./alarm";

/** A target group and the dimensions of its metrics. */
export interface TargetGroupMetrics {
  /** Suffix of the ARN, beginning with `targetgroup/`. */
  readonly arnSuffix: pulumi.Input<string>;
  /** Suffix of its alarms' names, unique among the groups; empty for the first. */
  readonly suffix: string;
  /** Whether it gets customers' requests. */
  readonly isServing: boolean;
  /**
   * What is down if no instance is healthy.
   *
   * @default "the store"
   */
  readonly serves?: string;
}

/** Thresholds of the alarms. */
export interface AlarmThresholds {
  /** Percentage of requests that instances answer with a 5xx. */
  readonly targetErrorPercent: number;
  /** Percentage of requests that the load balancer itself answers with a 5xx. */
  readonly balancerErrorPercent: number;
  /** The 99th percentile of instances' response times, in milliseconds. */
  readonly latencyP99Milliseconds: number;
  /** Percentage of TLS connections that fail. */
  readonly tlsErrorPercent: number;
  /** Days until a certificate expires. */
  readonly certificateDays: number;
}

/**
 * Events per minute below which they may be chance and trigger no alarm. CloudWatch uses the same limit: a
 * percentile p has enough data with 10 / (1 - p) points, 10 of which lie beyond it. CloudWatch's own option,
 * `EvaluateLowSampleCountPercentile: ignore`, is no alternative: it keeps the alarm's state, so an alarm
 * triggered in the evening would stay on all night, when few requests arrive.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 */
const SIGNIFICANT = 10;

/**
 * Alarms on the load balancer and its target groups.
 *
 * @param arnSuffix - suffix of the load balancer's ARN, beginning with `app/`
 * @param targetGroups - the store's own
 * @param answering - ARN suffixes of the target groups that serve the store's visitors, if rules also forward
 *   to others' target groups, whose responses say nothing about the store
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function balancerAlarms(
  arnSuffix: pulumi.Input<string>,
  targetGroups: readonly TargetGroupMetrics[],
  thresholds: AlarmThresholds,
  answering: readonly pulumi.Input<string>[] | undefined,
): AlarmDefinition[] {
  const sum = sumOf({ LoadBalancer: arnSuffix });
  const places = answering?.map((group) => ({ LoadBalancer: arnSuffix, TargetGroup: group })) ?? [
    { LoadBalancer: arnSuffix },
  ];
  return [
    ...targetGroups.flatMap((group) => healthAlarms(arnSuffix, group)),
    errorsAlarm(places, thresholds),
    {
      id: "balancer-errors",
      severity: "customers",
      description:
        `The load balancer itself answers more than ${thresholds.balancerErrorPercent} % of the requests with a 5xx, in 3 of 5 minutes: ` +
        `no instance took them, or none answered in time. Fewer than ${SIGNIFICANT} in a minute are not judged.`,
      queries: [
        sum("errors", "HTTPCode_ELB_5XX_Count"),
        sum("requests", "RequestCount"),
        // RequestCount doesn't include requests that no instance accepts.
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
    latencyAlarm(places, thresholds),
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

/**
 * Alarms on one target group: on its instances and on their responses.
 *
 * @param arnSuffix - suffix of the load balancer's ARN, beginning with `app/`
 */
export function targetGroupAlarms(
  arnSuffix: pulumi.Input<string>,
  group: TargetGroupMetrics,
  thresholds: Pick<AlarmThresholds, "targetErrorPercent" | "latencyP99Milliseconds">,
): AlarmDefinition[] {
  const dimensions = { LoadBalancer: arnSuffix, TargetGroup: group.arnSuffix };
  return [
    ...healthAlarms(arnSuffix, group),
    errorsAlarm([dimensions], thresholds),
    latencyAlarm([dimensions], thresholds),
  ];
}

type Dimensions = Readonly<Record<string, pulumi.Input<string>>>;

function sumOf(dimensions: Dimensions): (id: string, metricName: string) => Query {
  return (id, metricName) => ({
    id,
    namespace: ELB,
    metricName,
    dimensions,
    stat: "Sum",
    periodSeconds: MINUTE,
  });
}

/** The sum of a metric over several places, with the id `id`; for one place, the metric itself. */
function sumsOf(places: readonly Dimensions[], id: string, metricName: string): Query[] {
  const [only, ...others] = places;
  if (only !== undefined && others.length === 0) return [sumOf(only)(id, metricName)];
  const expression = places.map((_, index) => `FILL(${id}${index}, 0)`).join(" + ");
  return [
    ...places.map((dimensions, index) => sumOf(dimensions)(`${id}${index}`, metricName)),
    { id, expression, label: `${metricName} of all groups` },
  ];
}

/** @param places - a load balancer, or target groups that are evaluated together */
function errorsAlarm(
  places: readonly Dimensions[],
  thresholds: Pick<AlarmThresholds, "targetErrorPercent">,
): AlarmDefinition {
  return {
    id: "target-errors",
    severity: "customers",
    description:
      `Instances answer more than ${thresholds.targetErrorPercent} % of the requests with a 5xx, in 3 of 5 minutes. ` +
      `A share, so that it means the same by night and at the peak; fewer than ${SIGNIFICANT} errors in a minute are not judged.`,
    queries: [
      ...sumsOf(places, "errors", "HTTPCode_Target_5XX_Count"),
      ...sumsOf(places, "requests", "RequestCount"),
      share("errors", "requests", MANY_ERRORS, "Answered with 5xx by instances, %"),
    ],
    comparison: "GreaterThanThreshold",
    threshold: thresholds.targetErrorPercent,
    periods: { of: 5, atLeast: 3 },
    missingData: "notBreaching",
  };
}

/** @param places - a load balancer, or target groups, the slowest of which is evaluated */
function latencyAlarm(
  places: readonly Dimensions[],
  thresholds: Pick<AlarmThresholds, "latencyP99Milliseconds">,
): AlarmDefinition {
  const [only, ...others] = places;
  return {
    id: "latency",
    severity: "customers",
    description:
      `One request in a hundred waits longer than ${thresholds.latencyP99Milliseconds} ms for an instance, in 4 of 5 minutes. ` +
      "The mean would hide it: a page of a hundred requests has one of them for everyone. With fewer than " +
      `${enoughFor("p99")} requests a minute it is one in ten; with fewer than ${enoughFor("p90")} it is not judged.`,
    queries:
      only !== undefined && others.length === 0
        ? slowestOf(only)
        : [
            ...places.flatMap((dimensions, index) => slowestOf(dimensions, String(index))),
            {
              id: "slowest",
              expression: `MAX([${places.map((_, index) => `FILL(slowest${index}, 0)`).join(", ")}])`,
              label: SLOWEST,
            },
          ],
    comparison: "GreaterThanThreshold",
    threshold: thresholds.latencyP99Milliseconds / 1000,
    periods: { of: 5, atLeast: 4 },
    missingData: "notBreaching",
  };
}

const SLOWEST = "All but the slowest wait at most, s";

/** Response time of instances without the slowest requests. Each id gets the suffix `ending`. */
function slowestOf(dimensions: Dimensions, ending = ""): Query[] {
  const [requests, p99, p90] = [`requests${ending}`, `p99${ending}`, `p90${ending}`];
  const responseTime = (id: string, stat: "p90" | "p99"): Query => ({
    id,
    namespace: ELB,
    metricName: "TargetResponseTime",
    dimensions,
    stat,
    periodSeconds: MINUTE,
  });
  return [
    sumOf(dimensions)(requests, "RequestCount"),
    responseTime(p99, "p99"),
    responseTime(p90, "p90"),
    {
      id: `slowest${ending}`,
      expression: `IF(${requests} >= ${enoughFor("p99")}, ${p99}, IF(${requests} >= ${enoughFor("p90")}, ${p90}, 0))`,
      label: SLOWEST,
    },
  ];
}

function healthAlarms(balancer: pulumi.Input<string>, group: TargetGroupMetrics): AlarmDefinition[] {
  const hosts = (id: string, metricName: string, stat: string): Query => ({
    id,
    namespace: ELB,
    metricName,
    stat,
    periodSeconds: MINUTE,
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
      description: `No instance has been healthy for 2 minutes: ${group.serves ?? "the store"} is down. One minute may be a gap between two reports.`,
      queries: [hosts("healthy", "HealthyHostCount", "Maximum")],
      comparison: "LessThanThreshold",
      threshold: 1,
      periods: { of: 2, atLeast: 2 },
      // A group without any instance reports nothing.
      missingData: "breaching",
    },
  ];
}

/** Connections in a minute. */
const CONNECTIONS = "(FILL(opened, 0) + FILL(failed, 0))";

/** Whether there are too many errors to be chance. */
const MANY_ERRORS = `FILL(errors, 0) >= ${SIGNIFICANT}`;

/** `part` in percent of `whole`, or 0 if the numbers are too small. */
function share(part: string, whole: string, isEnough: string, label: string): Query {
  return { id: "share", expression: `IF(${isEnough}, 100 * FILL(${part}, 0) / ${whole}, 0)`, label };
}

/** Requests per minute at which {@link SIGNIFICANT} are beyond a percentile. */
function enoughFor(percentile: "p90" | "p99"): number {
  return { p90: 10 * SIGNIFICANT, p99: 100 * SIGNIFICANT }[percentile];
}
