/** An Auto Scaling group that serves requests, as declared by the program. */
import { at, flagAt, type Graph, listAt, numberAt, textOf } from "../cost/graph";
import { scheduledSizes, type Sizes } from "../cost/schedules";
import type { Resource } from "../engine/resource";
import { type Action, isTimeZone } from "./calendar";
import { policiesOf, type ScalingPolicy } from "./policies";
import type { Balancing } from "./types";

/** The simulated properties of a group, without the assumptions. */
export interface Fleet {
  readonly urn: string;
  readonly name: string;
  readonly sizes: Sizes;
  /** Names of the availability zones, or of their placeholders. */
  readonly zones: readonly string[];
  /** URNs of the groups of proxies that pass all of their requests to it. */
  readonly fronts: readonly string[];
  readonly policies: readonly ScalingPolicy[];
  readonly actions: readonly Action[];
  /** Seconds from launch until an instance counts for scaling. */
  readonly warmupSeconds: number;
  /** Seconds from launch until an instance serves; undefined if the stack doesn't say. */
  readonly readySeconds: number | undefined;
  /** Whether the group replaces an instance that fails the load balancer's check. */
  readonly isCheckedByBalancer: boolean;
  readonly check: HealthCheck;
  /** Seconds for which a new instance gets fewer requests than the others. */
  readonly slowStartSeconds: number;
  /** Seconds for which an instance continues to run after its last request. */
  readonly drainSeconds: number;
  readonly balancing: Balancing;
  readonly warmPool: WarmPool | undefined;
  /** Seconds between the data points of the instances' metrics. */
  readonly instanceMetricSeconds: number;
  /** What isn't simulated for it, in sentences. */
  readonly notSimulated: readonly string[];
}

/** The health check of a load balancer. */
export interface HealthCheck {
  readonly intervalSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** Instances that have booted and wait. */
export interface WarmPool {
  readonly isRunning: boolean;
  readonly minSize: number;
  /** Instances that serve or wait; undefined for the group's maximum size. */
  readonly maxPrepared: number | undefined;
}

/** A group that isn't simulated, and the reason. */
export interface Left {
  readonly urn: string;
  readonly name: string;
  readonly why: string;
}

/** Reads all Auto Scaling groups of a stack. */
export function readFleets(graph: Graph): (Fleet | Left)[] {
  return graph
    .ofType("autoscaling/group")
    .filter(({ external }) => !external)
    .map((group) => readFleet(graph, group));
}

/**
 * The default cooldown in seconds, and so the default warm-up:
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
 */
const COOLDOWN = 300;

/**
 * The provider's defaults for a target group: https://www.pulumi.com/registry/packages/aws/api-docs/lb/targetgroup/
 */
const CHECK = { intervalSeconds: 30, healthyThreshold: 3, unhealthyThreshold: 3 };

/** The assumed health check of proxies, whose settings are not in the stack. */
const OWN_CHECK = { intervalSeconds: 10, healthyThreshold: 2, unhealthyThreshold: 3 };

function readFleet(graph: Graph, group: Resource): Fleet | Left {
  const { urn, name, inputs } = group;
  const left = (why: string): Left => ({ urn, name, why });
  const sizes = sizesOf(inputs);
  if (typeof sizes === "string") return left(sizes);
  const cooldown = numberAt(inputs, "defaultCooldown") ?? COOLDOWN;
  const scaling = policiesOf(graph, group, cooldown);
  const { policies } = scaling;
  const [target] = targetGroupsOf(graph, group);
  const isBalanced =
    target !== undefined ||
    listAt(inputs, "targetGroupArns").length > 0 ||
    listAt(inputs, "loadBalancers").length > 0;
  if (!isBalanced && !policies.some(countsRequests)) return left("no load balancer sends it requests");
  const actions = actionsOf(graph, group);
  const balancing = balancingOf(textOf(target?.inputs["loadBalancingAlgorithmType"]));
  return {
    urn,
    name,
    policies,
    sizes,
    zones: zonesOf(graph, group),
    fronts: frontsOf(graph, group, scaling.proxied),
    actions: actions.read,
    warmupSeconds: scaling.warmupSeconds ?? warmupOf(inputs) ?? cooldown,
    readySeconds: positive(warmupOf(inputs)) ?? positive(numberAt(inputs, "healthCheckGracePeriod")),
    isCheckedByBalancer: textOf(inputs["healthCheckType"]) === "ELB",
    check: target === undefined ? OWN_CHECK : checkOf(target),
    slowStartSeconds: numberAt(target?.inputs, "slowStart") ?? 0,
    drainSeconds: (isBalanced ? deregistrationOf(target) : 0) + longestHook(graph, group),
    balancing,
    warmPool: poolOf(group),
    instanceMetricSeconds: isDetailed(graph, group) ? 60 : 300,
    notSimulated: [
      ...scaling.notSimulated,
      ...actions.faults,
      ...(target === undefined && isBalanced
        ? ["Its target group isn't in the stack: the provider's defaults are assumed."]
        : []),
      ...(scaling.isBehindProxies || !isBalanced ? [ofProxies(balancing, target)] : []),
    ],
  };
}

/** The sizes of a group, or the reason why it isn't simulated. */
function sizesOf(inputs: Resource["inputs"]): Sizes | string {
  const [min, max] = [numberAt(inputs, "minSize"), numberAt(inputs, "maxSize")];
  if (min === undefined || max === undefined) return "its sizes aren't known before deployment";
  if (min > max) return `its minSize, ${min}, is greater than its maxSize, ${max}, which AWS refuses`;
  if (max === 0) return "its maxSize is 0: it is empty";
  return { min, max, desired: numberAt(inputs, "desiredCapacity") };
}

const countsRequests = (policy: ScalingPolicy): boolean =>
  (policy.kind === "tracking" ? policy.metric : policy.alarm.metric) !== "cpu";

/** The groups of proxies in front of a group: those behind the target groups whose requests it receives. */
function frontsOf(graph: Graph, group: Resource, proxied: readonly Resource[]): string[] {
  return graph
    .ofType("autoscaling/group")
    .filter((one) => one !== group && targetGroupsOf(graph, one).some((each) => proxied.includes(each)))
    .map(({ urn }) => urn);
}

/**
 * The warm-up of the group, which a policy's warm-up overrides:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/consolidated-view-of-warm-up-and-cooldown-settings.html
 */
function warmupOf(inputs: Resource["inputs"]): number | undefined {
  const warmup = numberAt(inputs, "defaultInstanceWarmup");
  return warmup !== undefined && warmup >= 0 ? warmup : undefined;
}

const positive = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 ? value : undefined;

/** Seconds until a target is deregistered; AWS's default for a target group that isn't in the stack. */
const deregistrationOf = (target: Resource | undefined): number =>
  numberAt(target?.inputs, "deregistrationDelay") ?? 300;

/** Seconds of the longest lifecycle hook of a terminating instance. */
function longestHook(graph: Graph, group: Resource): number {
  const timeouts = graph
    .referring(group, "autoscaling/lifecycleHook", "autoscalingGroupName")
    .filter(({ inputs }) => textOf(inputs["lifecycleTransition"]) === "autoscaling:EC2_INSTANCE_TERMINATING")
    .map(({ inputs }) => numberAt(inputs, "heartbeatTimeout") ?? 0);
  return Math.max(0, ...timeouts);
}

function ofProxies(balancing: Balancing, target: Resource | undefined): string {
  const checks =
    target === undefined ? `checks every ${OWN_CHECK.intervalSeconds} s` : "the checks of its target group";
  return `Proxies of the stack distribute its requests, and the resources don't show their settings. Assumed: ${BALANCINGS[balancing]} (balancing in a load file), and ${checks}.`;
}

function targetGroupsOf(graph: Graph, group: Resource): Resource[] {
  const attached = graph
    .referring(group, "autoscaling/attachment", "autoscalingGroupName")
    .flatMap((attachment) => graph.linked(attachment, "lbTargetGroupArn", "lb/targetGroup"));
  return [...graph.linked(group, "targetGroupArns", "lb/targetGroup"), ...attached];
}

function checkOf({ inputs }: Resource): HealthCheck {
  return {
    intervalSeconds: numberAt(inputs, "healthCheck.interval") ?? CHECK.intervalSeconds,
    healthyThreshold: numberAt(inputs, "healthCheck.healthyThreshold") ?? CHECK.healthyThreshold,
    unhealthyThreshold: numberAt(inputs, "healthCheck.unhealthyThreshold") ?? CHECK.unhealthyThreshold,
  };
}

/** The balancing algorithms, in words. */
export const BALANCINGS: Readonly<Record<Balancing, string>> = {
  roundRobin: "round robin",
  leastOutstanding: "least outstanding requests",
  weightedRandom: "weighted random",
  powerOfTwo: "the better of two at random",
};

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
function balancingOf(algorithm: string | undefined): Balancing {
  if (algorithm === "least_outstanding_requests") return "leastOutstanding";
  return algorithm === "weighted_random" ? "weightedRandom" : "roundRobin";
}

function zonesOf(graph: Graph, group: Resource): string[] {
  const subnets = graph.linked(group, "vpcZoneIdentifiers", "ec2/subnet");
  const zones = subnets.map(
    ({ inputs, urn }) => textOf(inputs["availabilityZone"]) ?? textOf(inputs["availabilityZoneId"]) ?? urn,
  );
  const named = (["availabilityZones", "vpcZoneIdentifiers"] as const).flatMap((property) =>
    listAt(group.inputs, property).map((zone, index) => textOf(zone) ?? `zone ${index + 1}`),
  );
  const all = [...new Set(zones.length > 0 ? zones : named)];
  return all.length > 0 ? all : ["the only zone"];
}

function poolOf({ inputs }: Resource): WarmPool | undefined {
  if (inputs["warmPool"] === undefined) return undefined;
  return {
    isRunning: textOf(at(inputs, "warmPool.poolState")) === "Running",
    minSize: numberAt(inputs, "warmPool.minSize") ?? 0,
    maxPrepared: numberAt(inputs, "warmPool.maxGroupPreparedCapacity"),
  };
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/enable-as-instance-metrics.html */
function isDetailed(graph: Graph, group: Resource): boolean {
  const launches = ["launchTemplate", "mixedInstancesPolicy"].flatMap((property) =>
    graph.linked(group, property, "ec2/launchTemplate"),
  );
  const configurations = graph.linked(group, "launchConfiguration", "ec2/launchConfiguration");
  return (
    launches.some(({ inputs }) => flagAt(inputs, "monitoring.enabled") === true) ||
    configurations.some(({ inputs }) => flagAt(inputs, "enableMonitoring") !== false)
  );
}

function actionsOf(graph: Graph, group: Resource): { read: Action[]; faults: string[] } {
  const faults: string[] = [];
  const read = graph
    .referring(group, "autoscaling/schedule", "autoscalingGroupName")
    .map((schedule): Action => {
      const { inputs } = schedule;
      const zone = textOf(inputs["timeZone"]);
      const name = textOf(inputs["scheduledActionName"]) ?? schedule.name;
      if (zone !== undefined && !isTimeZone(zone))
        faults.push(`The time zone ${zone} of scheduled action ${name} doesn't exist: UTC is assumed.`);
      return {
        name,
        recurrence: textOf(inputs["recurrence"]),
        timeZone: zone !== undefined && isTimeZone(zone) ? zone : undefined,
        startSeconds: timeOf(inputs["startTime"]),
        endSeconds: timeOf(inputs["endTime"]),
        ...scheduledSizes(inputs),
      };
    });
  return { read, faults };
}

function timeOf(value: Resource["inputs"][string] | undefined): number | undefined {
  const milliseconds = Date.parse(textOf(value) ?? "");
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
