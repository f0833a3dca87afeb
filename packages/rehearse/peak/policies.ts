/** A group's scaling policies and their alarms, as declared by the program. */
import type { Resource } from "../engine/resource";
import { at, flagAt, type Graph, known, listAt, numberAt, textOf } from "../cost/graph";
import type { Value } from "../values";

/**
 * The metric of a policy: requests a minute for each instance, CPU utilisation in percent, or all requests a minute.
 */
export type Metric = "requestsPerInstance" | "cpu" | "requests";

/** A target tracking policy. */
export interface Tracking {
  readonly kind: "tracking";
  readonly name: string;
  readonly metric: Metric;
  readonly target: number;
  readonly scalesIn: boolean;
}

/** The alarm that starts a step or simple policy. */
export interface Alarm {
  readonly metric: Metric;
  readonly periodSeconds: number;
  /** The alarm needs so many breaching points among the last {@link periods}. */
  readonly points: number;
  readonly periods: number;
  readonly threshold: number;
  readonly comparison: "over" | "overOrAt" | "under" | "underOrAt";
}

/** What the number of an adjustment means. */
export type AdjustmentType = "ChangeInCapacity" | "PercentChangeInCapacity" | "ExactCapacity";

/** An adjustment for a range of the metric, relative to the alarm's threshold. */
export interface Step {
  readonly lower: number;
  readonly upper: number;
  readonly adjustment: number;
}

/** A step or simple policy. */
export interface Stepping {
  readonly kind: "step" | "simple";
  readonly name: string;
  readonly alarm: Alarm;
  readonly type: AdjustmentType;
  /** A simple policy has one step, for all values. */
  readonly steps: readonly Step[];
  /** The least number of instances of a change in percent. */
  readonly leastChange: number;
  /** Seconds after a change until a simple policy acts again. */
  readonly cooldownSeconds: number;
}

/** A policy that can be simulated. */
export type ScalingPolicy = Tracking | Stepping;

/** A group's policies, and sentences about those that can't be simulated. */
export interface Policies {
  readonly policies: readonly ScalingPolicy[];
  readonly notSimulated: readonly string[];
  /** Whether proxies in front of the group distribute its requests, rather than an AWS load balancer. */
  readonly isBehindProxies: boolean;
  /** The target groups of those proxies, whose requests the group scales by. */
  readonly proxied: readonly Resource[];
  /** Seconds from launch until an instance counts, if a policy sets it; the longest of several. */
  readonly warmupSeconds: number | undefined;
}

/** Reads the policies of a group. */
export function policiesOf(graph: Graph, group: Resource, cooldownSeconds: number): Policies {
  const policies: ScalingPolicy[] = [];
  const notSimulated: string[] = [];
  const warmups: number[] = [];
  const proxied: Resource[] = [];
  let isBehindProxies = false;
  for (const policy of graph.referring(group, "autoscaling/policy", "autoscalingGroupName")) {
    if (flagAt(policy.inputs, "enabled") === false) continue;
    const warmup = numberAt(policy.inputs, "estimatedInstanceWarmup");
    if (warmup !== undefined) warmups.push(warmup);
    const custom = at(policy.inputs, "targetTrackingConfiguration.customizedMetricSpecification");
    if (ratioOf(custom) !== undefined) {
      isBehindProxies = true;
      proxied.push(...graph.linked(policy, "targetTrackingConfiguration", "lb/targetGroup"));
    }
    const read = readPolicy(graph, policy, cooldownSeconds);
    for (const one of read) {
      if (typeof one === "string")
        notSimulated.push(`Scaling policy ${policy.name} isn't simulated: ${one}.`);
      else policies.push(one);
    }
  }
  return {
    policies,
    notSimulated,
    isBehindProxies,
    proxied,
    warmupSeconds: warmups.length === 0 ? undefined : Math.max(...warmups),
  };
}

function readPolicy(graph: Graph, policy: Resource, cooldownSeconds: number): (ScalingPolicy | string)[] {
  const { inputs, name } = policy;
  const type = textOf(inputs["policyType"]) ?? "SimpleScaling";
  if (type === "TargetTrackingScaling") {
    const config = inputs["targetTrackingConfiguration"];
    const target = numberAt(config, "targetValue");
    const metric = trackedMetric(config);
    if (target === undefined || target <= 0) return ["its target value isn't known"];
    if (metric === undefined) return [`its metric, ${describeMetric(config)}, doesn't depend on requests`];
    const scalesIn = flagAt(config, "disableScaleIn") !== true;
    return [{ kind: "tracking", name, metric, target, scalesIn }];
  }
  if (type !== "StepScaling" && type !== "SimpleScaling") return [`its type is ${type}`];
  const adjustmentType = textOf(inputs["adjustmentType"]) as AdjustmentType | undefined;
  const steps = type === "StepScaling" ? stepsOf(inputs["stepAdjustments"]) : simpleStep(inputs);
  if (adjustmentType === undefined || steps === undefined) return ["its adjustment isn't known"];
  const alarms = graph
    .referring(policy, "cloudwatch/metricAlarm", "alarmActions")
    .map(({ inputs: alarm }) => alarmOf(alarm));
  if (alarms.length === 0) return ["no alarm of the stack starts it"];
  return alarms.map((alarm) =>
    alarm === undefined
      ? "its alarm uses a metric other than CPU or requests"
      : {
          kind: type === "StepScaling" ? "step" : "simple",
          name,
          alarm,
          type: adjustmentType,
          steps,
          leastChange: numberAt(inputs, "minAdjustmentMagnitude") ?? 1,
          cooldownSeconds: numberAt(inputs, "cooldown") ?? cooldownSeconds,
        },
  );
}

function stepsOf(value: Value | undefined): Step[] | undefined {
  const steps = listAt({ list: value ?? null }, "list").map((step) => ({
    lower: numberAt(step, "metricIntervalLowerBound") ?? -Infinity,
    upper: numberAt(step, "metricIntervalUpperBound") ?? Infinity,
    adjustment: numberAt(step, "scalingAdjustment") ?? NaN,
  }));
  return steps.length === 0 || steps.some(({ adjustment }) => Number.isNaN(adjustment)) ? undefined : steps;
}

function simpleStep(inputs: Value): Step[] | undefined {
  const adjustment = numberAt(inputs, "scalingAdjustment");
  return adjustment === undefined ? undefined : [{ lower: -Infinity, upper: Infinity, adjustment }];
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html */
function trackedMetric(config: Value | undefined): Metric | undefined {
  const predefined = textOf(at(config, "predefinedMetricSpecification.predefinedMetricType"));
  if (predefined === "ALBRequestCountPerTarget") return "requestsPerInstance";
  if (predefined === "ASGAverageCPUUtilization") return "cpu";
  const custom = at(config, "customizedMetricSpecification");
  return metricOf(textOf(at(custom, "namespace")), textOf(at(custom, "metricName"))) ?? ratioOf(custom);
}

/** Requests for each instance, by metric math, as used behind a program's own proxies. */
function ratioOf(custom: Value | undefined): Metric | undefined {
  const metrics = listAt(custom, "metrics");
  const [, above, below] =
    /^\s*(\w+)\s*\/\s*(\w+)\s*$/.exec(
      metrics.map((one) => textOf(at(one, "expression"))).find((text) => text !== undefined) ?? "",
    ) ?? [];
  const nameOf = (id: string | undefined): string | undefined => {
    const one = metrics.find((metric) => textOf(at(metric, "id")) === id);
    return textOf(at(one, "metricStat.metric.metricName"));
  };
  return nameOf(above) === "RequestCount" && nameOf(below) === "GroupInServiceInstances"
    ? "requestsPerInstance"
    : undefined;
}

function metricOf(namespace: string | undefined, name: string | undefined): Metric | undefined {
  if (namespace === "AWS/EC2" && name === "CPUUtilization") return "cpu";
  if (namespace !== "AWS/ApplicationELB" && namespace !== "AWS/ELB") return undefined;
  if (name === "RequestCountPerTarget") return "requestsPerInstance";
  return name === "RequestCount" ? "requests" : undefined;
}

function describeMetric(config: Value | undefined): string {
  const names = [
    textOf(at(config, "predefinedMetricSpecification.predefinedMetricType")),
    textOf(at(config, "customizedMetricSpecification.metricName")),
    ...listAt(at(config, "customizedMetricSpecification"), "metrics").map((one) =>
      textOf(at(one, "metricStat.metric.metricName")),
    ),
  ].filter((name) => name !== undefined);
  return names.join(" and ") || "which isn't known";
}

const COMPARISONS: Readonly<Record<string, Alarm["comparison"]>> = {
  GreaterThanThreshold: "over",
  GreaterThanOrEqualToThreshold: "overOrAt",
  LessThanThreshold: "under",
  LessThanOrEqualToThreshold: "underOrAt",
};

function alarmOf(inputs: Value): Alarm | undefined {
  const metric = metricOf(textOf(at(inputs, "namespace")), textOf(at(inputs, "metricName")));
  const comparison = COMPARISONS[textOf(at(inputs, "comparisonOperator")) ?? ""];
  const threshold = numberAt(inputs, "threshold");
  const periods = numberAt(inputs, "evaluationPeriods") ?? 1;
  if (metric === undefined || comparison === undefined || threshold === undefined) return undefined;
  const points = numberAt(inputs, "datapointsToAlarm") ?? periods;
  const periodSeconds = numberAt(inputs, "period") ?? 60;
  // CloudWatch sums requests over the period; the simulation counts them by the minute.
  const isCount = metric !== "cpu" && textOf(known(at(inputs, "statistic"))) === "Sum";
  return {
    metric,
    comparison,
    periods,
    points,
    periodSeconds,
    threshold: isCount ? (threshold * 60) / periodSeconds : threshold,
  };
}
