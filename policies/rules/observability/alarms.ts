import { stackRule, violations } from "../../rule";
import type { StackSubject, Violation } from "../../rule";
import { isList, read, readList, upperCase } from "../../read";
import type { Reading } from "../../read";
import {
  CLASSIC_LOAD_BALANCER,
  COMPOSITE_ALARM,
  EVENT_RULE,
  isOf,
  LOAD_BALANCER,
  METRIC_ALARM,
  TARGET_GROUP,
} from "../../resources";
import type { Stack } from "../../stack";

const fixOf = (namespace: string, metricName: string): string =>
  `new aws.cloudwatch.MetricAlarm(…, { namespace: "${namespace}", metricName: "${metricName}", ` +
  "dimensions: { LoadBalancer: loadBalancer.arnSuffix, … }, alarmActions: [topic.arn], … })";

/**
 * The metrics to watch, by CloudWatch namespace.
 *
 * Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * and the corresponding pages for Network, Gateway and Classic Load Balancers
 */
const UNHEALTHY = ["UnHealthyHostCount", "HealthyHostCount"] as const;
const ERRORS: Readonly<Record<string, readonly string[]>> = {
  "AWS/ApplicationELB": ["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"],
  "AWS/ELB": ["HTTPCode_Backend_5XX", "HTTPCode_ELB_5XX"],
};

/** Load balancers and target groups, together with their alarms. */
export const alarms = stackRule({
  id: "alarms",
  area: "observability",
  title: "Alarms notify somebody of unhealthy targets and failed requests",
  severity: "medium",
  level: "stack",
  description:
    "Alarms that notify somebody watch the unhealthy targets of every target group and the 5xx responses of every load balancer. " +
    "Without them, only visitors notice an outage.",
  remedy: `${fixOf("AWS/ApplicationELB", "UnHealthyHostCount")}; likewise HTTPCode_Target_5XX_Count.`,
  references: [
    {
      label: "REL06-BP01",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_monitor_aws_resources_monitor_resources.html",
    },
    {
      label: "ALB metrics",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html",
    },
  ],
  judge(stack) {
    const watched = new Watched(stack);
    const judge = (resource: StackSubject, namespace: string, metrics: readonly string[]): Violation[] => {
      if (metrics.some((metric) => watched.has(resource, namespace, metric))) return [];
      const text = `No alarm in this stack that notifies somebody watches ${metrics.join(" or ")} of ${namespace}`;
      return violations([text], fixOf(namespace, metrics[0] ?? ""), resource.urn);
    };
    const errors = (balancer: StackSubject, namespace: string): Violation[] =>
      judge(balancer, namespace, ERRORS[namespace] ?? []);
    return [
      ...stack.ofTypes(TARGET_GROUP).flatMap((group) => {
        const namespace = namespaceOf(group);
        return namespace === undefined ? [] : judge(group, namespace, UNHEALTHY);
      }),
      ...stack
        .ofTypes(LOAD_BALANCER)
        .filter((balancer) => isApplication(read(balancer.props, ["loadBalancerType"])))
        .flatMap((balancer) => errors(balancer, "AWS/ApplicationELB")),
      ...stack
        .ofTypes(CLASSIC_LOAD_BALANCER)
        .flatMap((balancer) => [...judge(balancer, "AWS/ELB", UNHEALTHY), ...errors(balancer, "AWS/ELB")]),
    ];
  },
});

function isApplication(type: Reading): boolean {
  return type.kind !== "known" || type.value === "application";
}

/** The CloudWatch namespace of a target group's metrics, by its protocol. Lambda functions have no health metrics. */
function namespaceOf(group: StackSubject): string | undefined {
  if (upperCase(read(group.props, ["targetType"])) === "LAMBDA") return undefined;
  const protocol = upperCase(read(group.props, ["protocol"]));
  if (protocol === undefined) return undefined;
  if (protocol === "HTTP" || protocol === "HTTPS") return "AWS/ApplicationELB";
  return protocol === "GENEVE" ? "AWS/GatewayELB" : "AWS/NetworkELB";
}

/**
 * Finds out whether an alarm notifies somebody: by its own actions, by those of a composite alarm, or by EventBridge.
 */
function heard(stack: Stack): (alarm: StackSubject) => boolean {
  const isPublic = stack.ofTypes(EVENT_RULE).some((rule) => {
    const pattern = read(rule.props, ["eventPattern"]);
    return pattern.kind === "known" && String(pattern.value).includes("CloudWatch Alarm State Change");
  });
  const alarmsOf = stack.to(METRIC_ALARM, ["arn", "id", "name"]);
  const combined = new Set<StackSubject>();
  const rules: string[] = [];
  for (const composite of stack.ofTypes(COMPOSITE_ALARM).filter(acts)) {
    for (const alarm of alarmsOf(composite, "alarmRule")) combined.add(alarm);
    const rule = read(composite.props, ["alarmRule"]);
    if (rule.kind === "known") rules.push(String(rule.value));
  }
  return (alarm) => {
    if (isPublic || acts(alarm) || combined.has(alarm)) return true;
    const name = read(alarm.props, ["name"]);
    return name.kind === "known" && rules.some((rule) => rule.includes(String(name.value)));
  };
}

/** True unless an alarm's actions are known to be disabled or empty. */
function acts(alarm: StackSubject): boolean {
  const enabled = read(alarm.props, ["actionsEnabled"]);
  if (enabled.kind === "known" && enabled.value === false) return false;
  const actions = readList(alarm.props, ["alarmActions"]);
  return isList(actions) ? actions.length > 0 : actions.kind === "unknown";
}

/** The metrics and resources that the stack's alarms watch, indexed once. */
class Watched {
  private readonly byResource = new Map<StackSubject, Set<string>>();
  private readonly byValue = new Map<string, StackSubject>();
  private readonly anywhere = new Set<string>();

  constructor(stack: Stack) {
    const types = [...LOAD_BALANCER, ...TARGET_GROUP, ...CLASSIC_LOAD_BALANCER];
    for (const resource of stack.ofTypes(types)) {
      const key = isOf(CLASSIC_LOAD_BALANCER, resource) ? "name" : "arnSuffix";
      const value = read(resource.props, [key]);
      if (value.kind === "known" && typeof value.value === "string") this.byValue.set(value.value, resource);
    }
    const follow = stack.to(types);
    const tells = heard(stack);
    for (const alarm of stack.ofTypes(METRIC_ALARM)) {
      if (!tells(alarm)) continue;
      this.note(metricOf(alarm.props), this.named(alarm.props), follow(alarm, "dimensions"));
      const queries = readList(alarm.props, ["metricQueries"]);
      for (const query of isList(queries) ? queries : []) {
        const metric = query.kind === "known" ? read(query.value, ["metric"]) : query;
        if (metric.kind !== "known") continue;
        this.note(metricOf(metric.value), this.named(metric.value), follow(alarm, "metricQueries"));
      }
    }
  }

  has(resource: StackSubject, namespace: string, metric: string): boolean {
    const key = `${namespace} ${metric}`;
    return this.anywhere.has(key) || (this.byResource.get(resource)?.has(key) ?? false);
  }

  /** The resources that the values of the dimensions name; undefined while one of the values is unknown. */
  private named(metric: unknown): readonly StackSubject[] | undefined {
    const values = ["LoadBalancer", "LoadBalancerName", "TargetGroup"].map((dimension) =>
      read(metric, ["dimensions", dimension]),
    );
    if (values.some(({ kind }) => kind === "unknown")) return undefined;
    return values.flatMap((value) => {
      const resource =
        value.kind === "known" && typeof value.value === "string" ? this.byValue.get(value.value) : undefined;
      return resource === undefined ? [] : [resource];
    });
  }

  private note(
    metric: string | undefined,
    named: readonly StackSubject[] | undefined,
    followed: readonly StackSubject[],
  ): void {
    if (metric === undefined) return;
    const resources = named === undefined || named.length === 0 ? followed : named;
    // An alarm whose dimensions name no resource may watch any of them, through another stack or a search expression.
    if (resources.length === 0) this.anywhere.add(metric);
    for (const resource of resources) {
      const metrics = this.byResource.get(resource) ?? new Set();
      this.byResource.set(resource, metrics.add(metric));
    }
  }
}

/** Namespace and name of the metric of an alarm or of one of its queries; undefined unless both are literal. */
function metricOf(metric: unknown): string | undefined {
  const namespace = read(metric, ["namespace"]);
  const name = read(metric, ["metricName"]);
  if (namespace.kind !== "known" || name.kind !== "known") return undefined;
  return `${String(namespace.value)} ${String(name.value)}`;
}
