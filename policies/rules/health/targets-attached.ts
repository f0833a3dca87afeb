import { advice, stackRule, violations } from "../../rule";
import type { StackSubject, Violation } from "../../rule";
import { integer, isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import {
  ATTACHMENT,
  AUTO_SCALING_GROUP,
  CODE_DEPLOY_GROUP,
  ECS_SERVICE,
  ECS_TASK_SET,
  isOf,
  LISTENER,
  LISTENER_RULE,
  SPOT_FLEET,
  TARGET_GROUP,
  TARGET_GROUP_ATTACHMENT,
  TRAFFIC_SOURCE_ATTACHMENT,
} from "../../resources";
import { textsSetting } from "../../settings";
import type { Stack } from "../../stack";

const FIX =
  "new aws.autoscaling.Group(…, { targetGroupArns: [targetGroup.arn], " +
  'healthCheckType: "ELB", healthCheckGracePeriod: 300, … })';

const WEIGHT_FIX = "forward: { targetGroups: [{ arn: targetGroup.arn, weight: 1 }] }";

/** Types that register instances with target groups, and the properties that name the target groups. */
const REGISTRARS: readonly (readonly [types: readonly string[], properties: readonly string[]])[] = [
  [AUTO_SCALING_GROUP, ["targetGroupArns", "trafficSources"]],
  [ATTACHMENT, ["lbTargetGroupArn"]],
  [TRAFFIC_SOURCE_ATTACHMENT, ["trafficSource"]],
  [TARGET_GROUP_ATTACHMENT, ["targetGroupArn"]],
  [ECS_SERVICE, ["loadBalancers"]],
  [ECS_TASK_SET, ["loadBalancers"]],
  [CODE_DEPLOY_GROUP, ["loadBalancerInfo"]],
  [SPOT_FLEET, ["targetGroupArns"]],
];

/**
 * Target groups that get visitors, and the resources that register targets with them. `target-group-health` and
 * `target-group-health-stack` judge whether Auto Scaling groups act on health checks.
 *
 * The rule applies only to stacks with an Auto Scaling group. Otherwise the instances belong to another stack.
 */
export const targetsAttached = stackRule({
  id: "targets-attached",
  area: "health",
  title: "Target groups that get visitors have targets",
  severity: "high",
  level: "stack",
  description:
    "A resource registers instances with every target group that a listener or rule forwards to. " +
    "Visitors sent to an empty target group get error 503.",
  advises: "forwards whose target groups all have weight 0",
  permits: "the setting attachedElsewhere",
  remedy: `Auto Scaling group: ${FIX}.`,
  references: [
    {
      label: "AutoScaling.1",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-1",
    },
    {
      label: "Attach a load balancer",
      url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html",
    },
  ],
  settings: {
    attachedElsewhere: textsSetting(
      [],
      "Names of the target groups with which another stack registers instances.",
    ),
  },
  judge(stack, { attachedElsewhere }) {
    const listeners = stack.ofTypes([...LISTENER, ...LISTENER_RULE]);
    const resting = listeners.flatMap((one) => advice(restingForwards(one), WEIGHT_FIX, one.urn));
    if (stack.ofTypes(AUTO_SCALING_GROUP).length === 0) return resting;
    const filled = filledGroups(stack);
    const isEmpty = (group: StackSubject): boolean =>
      holdsInstances(group) && !filled.has(group) && !attachedElsewhere.includes(group.name);
    const byArn = new Map<unknown, StackSubject>();
    for (const group of stack.ofTypes(TARGET_GROUP)) {
      const arn = read(group.props, ["arn"]);
      if (arn.kind === "known") byArn.set(arn.value, group);
    }

    const forwarders = new Map<StackSubject, string[]>();
    for (const resource of listeners) {
      for (const group of emptyForwards(stack, resource, byArn, isEmpty)) {
        forwarders.set(group, [...(forwarders.get(group) ?? []), resource.name]);
      }
    }
    const empty = [...forwarders].flatMap(([group, names]): Violation[] => {
      const by = names.map((name) => `"${name}"`).join(", ");
      const text = `Forwarded to by ${by}, and nothing in this stack registers instances with it`;
      return violations([text], FIX, group.urn);
    });
    return [...empty, ...resting];
  },
});

function filledGroups(stack: Stack): ReadonlySet<StackSubject> {
  const groupsOf = stack.to(TARGET_GROUP);
  const filled = new Set<StackSubject>();
  const fill = (resource: StackSubject, properties: readonly string[]): void => {
    for (const property of properties) for (const group of groupsOf(resource, property)) filled.add(group);
  };
  for (const [types, properties] of REGISTRARS) {
    for (const resource of stack.ofTypes(types)) fill(resource, properties);
  }
  // Kubernetes' TargetGroupBinding, and other types of other providers that may register instances.
  for (const resource of stack.resources) {
    if (!resource.type.startsWith("aws:")) fill(resource, Object.keys(resource.propertyDependencies));
  }
  return filled;
}

/** Whether a target group holds instances, and not addresses, a function or a load balancer. */
function holdsInstances(group: StackSubject): boolean {
  const type = read(group.props, ["targetType"]);
  return type.kind === "absent" || (type.kind === "known" && type.value === "instance");
}

/** Where an action sends visitors. */
interface Forward {
  readonly arn: Reading;
  /** True for a weight of 0, such as that of the idle colour of a blue-green pair. */
  readonly isIdle: boolean;
}

/** The property of a listener or rule that holds its actions. */
function actionsOf(resource: StackSubject): string {
  return isOf(LISTENER_RULE, resource) ? "actions" : "defaultActions";
}

/** Forwards that send visitors nowhere, because each of their target groups has weight 0. */
function restingForwards(resource: StackSubject): string[] {
  const actions = readList(resource.props, [actionsOf(resource)]);
  return (isList(actions) ? actions : []).flatMap((action, index) => {
    const weighted = weightedOf(action);
    return weighted.length > 0 && weighted.every(({ isIdle }) => isIdle)
      ? [
          `${actionsOf(resource)}[${index}].forward has weight 0 for each of its target groups; at least one must have more`,
        ]
      : [];
  });
}

/** The empty target groups that a listener or rule sends visitors to, as far as a preview can tell. */
function emptyForwards(
  stack: Stack,
  resource: StackSubject,
  byArn: ReadonlyMap<unknown, StackSubject>,
  isEmpty: (group: StackSubject) => boolean,
): readonly StackSubject[] {
  const property = actionsOf(resource);
  const actions = readList(resource.props, [property]);
  const forwards = (isList(actions) ? actions : []).flatMap(forwardsOf);
  const named = forwards.flatMap(({ arn, isIdle }) => {
    const group = arn.kind === "known" ? byArn.get(arn.value) : undefined;
    return group !== undefined && !isIdle && isEmpty(group) ? [group] : [];
  });
  const unknown = forwards.filter(({ arn }) => arn.kind === "unknown");
  if (unknown.length === 0) return named;
  // An unknown ARN may be that of any candidate. As many candidates may be empty as there are targets with weight 0.
  const candidates = stack.to(TARGET_GROUP)(resource, property).filter(isEmpty);
  const idle = unknown.filter(({ isIdle }) => isIdle).length;
  return candidates.length > idle ? [...new Set([...named, ...candidates])] : named;
}

function forwardsOf(action: Reading): readonly Forward[] {
  if (action.kind !== "known") return [];
  return [{ arn: read(action.value, ["targetGroupArn"]), isIdle: false }, ...weightedOf(action)];
}

function weightedOf(action: Reading): readonly Forward[] {
  if (action.kind !== "known") return [];
  const several = readList(action.value, ["forward", "targetGroups"]);
  return (isList(several) ? several : []).map((target) => {
    const value = target.kind === "known" ? target.value : undefined;
    const weight = read(value, ["weight"]);
    return {
      arn: target.kind === "unknown" ? target : read(value, ["arn"]),
      isIdle: weight.kind === "known" && integer(weight.value) === 0,
    };
  });
}
