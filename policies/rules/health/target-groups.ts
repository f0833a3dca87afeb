import { advice, problem, resourceRule, stackRule, violations } from "../../rule";
import type { StackSubject, Subject, Violation } from "../../rule";
import { integerSetting } from "../../settings";
import { integer, isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import {
  ATTACHMENT,
  AUTO_SCALING_GROUP,
  CODE_DEPLOY_GROUP,
  ECS_SERVICE,
  isOf,
  LISTENER,
  LISTENER_RULE,
  TARGET_GROUP,
  TRAFFIC_SOURCE_ATTACHMENT,
} from "../../resources";
import { targetsIn } from "../../balancers";
import { given, isOfOtherStack, type Stack, withOnly } from "../../stack";
import { HEALTH_CHECK_FIX, isBetween, judgeTargetGroup } from "./health-checks";
import { judgeServiceCheck, WITH_SERVICE_CHECK } from "./service-checks";

const SERVICE_FIX = "healthCheckGracePeriodSeconds: 300 (at least the time to start)";
const FORWARD_FIX =
  "forward to a target group of this program: new aws.lb.TargetGroup(…), { targetGroupArn: targetGroup.arn }";
const GROUP_FIX = 'healthCheckType: "ELB", healthCheckGracePeriod: 300 (seconds; at least the time to boot)';

/** The default exceeds any boot time; a longer grace period would in effect disable health checks. */
const maxGraceSeconds = integerSetting(
  1,
  604_800,
  3600,
  "Maximum grace period in seconds: how long after its start an instance or task may fail its health check.",
);

/** Target groups, and Auto Scaling groups that name their target groups, judged by their own inputs. */
export const targetHealth = resourceRule({
  id: "target-group-health",
  area: "health",
  title: "Targets have health checks, and Auto Scaling groups act on them",
  severity: "high",
  level: "resource",
  description:
    "Health checks of target groups, and of App Runner, Lightsail containers and VPC Lattice, accept only successful responses, " +
    "and Auto Scaling groups replace instances that fail them. " +
    "Otherwise load balancers keep sending visitors to instances that run but no longer serve.",
  advises: "AWS's default health checks, and Auto Scaling groups without a grace period",
  remedy: `Target group: { ${HEALTH_CHECK_FIX} }. Auto Scaling group: { ${GROUP_FIX} }.`,
  references: [
    {
      label: "AutoScaling.1",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-1",
    },
    {
      label: "REL11-BP01",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_monitoring_health.html",
    },
  ],
  settings: {
    maxGraceSeconds,
    maxHealthyCode: integerSetting(
      200,
      599,
      399,
      "Highest HTTP status code that may count as healthy; raise it for pages that require signing in.",
    ),
  },
  types: [...TARGET_GROUP, ...WITH_SERVICE_CHECK, ...AUTO_SCALING_GROUP, ...ECS_SERVICE],
  judge(resource, { maxGraceSeconds, maxHealthyCode }) {
    if (isOf(WITH_SERVICE_CHECK, resource)) return judgeServiceCheck(resource, maxHealthyCode);
    if (isOf(TARGET_GROUP, resource)) return judgeTargetGroup(resource, maxHealthyCode);
    if (isOf(ECS_SERVICE, resource)) return judgeService(resource, maxGraceSeconds);
    return attachesItself(resource) ? judgeGroup(resource, maxGraceSeconds) : [];
  },
});

/** Auto Scaling groups that other resources attach to a load balancer, which only the stack shows. */
export const attachedGroups = stackRule({
  id: "target-group-health-stack",
  area: "health",
  title: "Attached Auto Scaling groups act on health checks",
  severity: "high",
  level: "stack",
  description:
    "Auto Scaling groups attached to a load balancer replace instances that fail its health check. " +
    "Otherwise load balancers keep sending visitors to instances that run but no longer serve.",
  advises: "listeners and rules that forward to a target group that is not in the program",
  remedy: `Auto Scaling group: { ${GROUP_FIX} }.`,
  references: targetHealth.references,
  settings: { maxGraceSeconds },
  judge(stack, { maxGraceSeconds }) {
    const groupsOf = stack.to(AUTO_SCALING_GROUP, ["name", "id"]);
    const groups = stack.ofTypes(AUTO_SCALING_GROUP);
    const attachments = new Map<StackSubject, Set<string>>();
    const attach = (group: StackSubject, by: string): void => {
      attachments.set(group, (attachments.get(group) ?? new Set()).add(by));
    };
    const sourcesOf = stack.to(TARGET_GROUP);
    const attached = stack.ofTypes([...ATTACHMENT, ...TRAFFIC_SOURCE_ATTACHMENT]);
    for (const resource of attached) {
      // A target group of this stack belongs to a load balancer, whatever type the source declares.
      if (!attachesToLoadBalancer(resource) && sourcesOf(resource, "trafficSource").length === 0) continue;
      for (const group of groupsOf(resource, "autoscalingGroupName"))
        attach(group, `Attached by "${resource.name}"`);
      if (isLost(resource, stack)) {
        const by = `autoscalingGroupName of "${resource.name}" names no group of this program, but may be this group's name`;
        for (const group of groups) attach(group, by);
      }
    }
    for (const group of groups) {
      for (const { name } of sourcesOf(group, "trafficSources")) attach(group, `Attached to "${name}"`);
    }
    for (const deployment of stack.ofTypes(CODE_DEPLOY_GROUP)) {
      if (read(deployment.props, ["loadBalancerInfo"]).kind === "absent") continue;
      const names = readList(deployment.props, ["autoscalingGroups"]);
      for (const name of isList(names) ? names : [names]) {
        const found = groupsOf(withOnly(deployment, "autoscalingGroups", name), "autoscalingGroups");
        for (const group of found) attach(group, `Filled by deployments of "${deployment.name}"`);
      }
    }
    const judged = [...attachments].flatMap(([group, by]) =>
      attachesItself(group, (property) => given(group, property).kind !== "absent")
        ? []
        : judgeGroup(group, maxGraceSeconds, (property) => given(group, property), `${[...by].join("; ")}: `),
    );
    const forwarders = stack.ofTypes([...LISTENER, ...LISTENER_RULE]);
    return [
      ...judged,
      ...forwarders.flatMap((resource) => advice(elsewhere(stack, resource), FORWARD_FIX, resource.urn)),
    ];
  },
});

/**
 * The actions of a listener or rule that forward to a target group outside the program, whose health check is not
 * judged.
 */
function elsewhere(stack: Stack, resource: StackSubject): string[] {
  const groupsOf = stack.to(TARGET_GROUP);
  const property = isOf(LISTENER_RULE, resource) ? "actions" : "defaultActions";
  const actions = readList(resource.props, [property]);
  return (isList(actions) ? actions : []).flatMap((action, index) => {
    const others = targetsIn(action).filter((arn) =>
      arn.kind === "known"
        ? typeof arn.value === "string" && groupsOf(withOnly(resource, property, arn), property).length === 0
        : isOfOtherStack(resource, property) && groupsOf(resource, property).length === 0,
    );
    return others.length === 0
      ? []
      : [
          `${property}[${index}] forwards to a target group that isn't in the program, so its protocol and health check aren't judged`,
        ];
  });
}

/** Types that create their own Auto Scaling groups. */
const GROUP_MAKERS = /^(aws:eks\/nodeGroup:|eks:|aws:elasticbeanstalk\/environment:|aws:batch\/)/;

/**
 * Whether an attachment may name any group of the program, because the program reads or looks up the group, which hides
 * its name in a preview. A name from another resource, such as an EKS node group, is not that of a group in the
 * program. If the program has such a resource, any unknown name most likely comes from it.
 */
function isLost({ propertyDependencies, props }: StackSubject, stack: Stack): boolean {
  return (
    read(props, ["autoscalingGroupName"]).kind === "unknown" &&
    (propertyDependencies["autoscalingGroupName"] ?? []).length === 0 &&
    !stack.resources.some(({ type }) => GROUP_MAKERS.test(type))
  );
}

function attachesToLoadBalancer(resource: StackSubject): boolean {
  if (isOf(ATTACHMENT, resource)) return true;
  return !isLattice(read(resource.props, ["trafficSource"]));
}

/**
 * VPC Lattice has its own health checks, which this rule does not judge. The identifier of a source decides, because
 * its declared type may be wrong.
 */
function isLattice(source: Reading): boolean {
  if (source.kind !== "known") return false;
  const type = read(source.value, ["type"]);
  const identifier = read(source.value, ["identifier"]);
  const isBalancers =
    identifier.kind === "known" &&
    typeof identifier.value === "string" &&
    identifier.value.includes(":elasticloadbalancing:");
  return type.kind === "known" && type.value === "vpc-lattice" && !isBalancers;
}

/**
 * True if a group's own inputs attach it to a load balancer. Unknown inputs count as attached.
 *
 * @param isGiven - whether the program has set a property that the provider may have filled in. @default all are set
 */
export function attachesItself(group: Subject, isGiven = (_property: string): boolean => true): boolean {
  const named = ["targetGroupArns", "loadBalancers"].filter(isGiven).some((property) => {
    const list = readList(group.props, [property]);
    return isList(list) ? list.length > 0 : list.kind !== "absent";
  });
  if (named || !isGiven("trafficSources")) return named;
  const sources = readList(group.props, ["trafficSources"]);
  if (!isList(sources)) return sources.kind !== "absent";
  return sources.some((source) => !isLattice(source));
}

function judgeGroup(
  group: Subject,
  maxSeconds: number,
  at = (property: string): Reading => read(group.props, [property]),
  label = "",
): Violation[] {
  const grace = at("healthCheckGracePeriod");
  // The provider's default is five minutes.
  const isNone = grace.kind === "known" && integer(grace.value) === 0;
  const problems = [
    problem("healthCheckType", at("healthCheckType"), {
      accepts: (value) => typeof value === "string" && value.split(",").includes("ELB"),
      allowed: '"ELB", alone or among others',
      vocabulary: /^(EC2|EBS|ELB|VPC_LATTICE)(,(EC2|EBS|ELB|VPC_LATTICE))*$/i,
      absentMeans: "EC2, so any running instance counts as healthy",
    }),
    grace.kind === "absent" || isNone
      ? undefined
      : problem("healthCheckGracePeriod", grace, {
          accepts: (value) => isBetween(integer(value), 1, maxSeconds),
          allowed: `left out, or a literal number of seconds from 1 to ${maxSeconds}`,
          vocabulary: /^-?\d{1,9}$/,
        }),
  ].map((text) => (text === undefined ? undefined : label + text));
  const none =
    "healthCheckGracePeriod is 0, so an instance may be replaced while it boots; it must be at least the time to boot";
  return [
    ...violations(problems, GROUP_FIX, group.urn),
    ...advice([isNone ? label + none : undefined], GROUP_FIX, group.urn),
  ];
}

/** ECS services replace tasks that fail the load balancer's health check after the grace period. */
function judgeService(service: Subject, maxSeconds: number): Violation[] {
  const label = "healthCheckGracePeriodSeconds";
  const grace = read(service.props, [label]);
  if (grace.kind === "absent") return [];
  const found = problem(label, grace, {
    accepts: (value) => isBetween(integer(value), 0, maxSeconds),
    allowed: `left out, or a literal number of seconds from 0 to ${maxSeconds}`,
    vocabulary: /^-?\d{1,10}$/,
  });
  return violations([found], SERVICE_FIX);
}
