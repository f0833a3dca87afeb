import { stackRule, violations } from "../../rule";
import type { StackSubject, Violation } from "../../rule";
import { isList, read, readList, upperCase } from "../../read";
import type { Reading } from "../../read";
import {
  ATTACHMENT,
  AUTO_SCALING_GROUP,
  ECS_SERVICE,
  INSTANCE,
  isOf,
  LAUNCH_CONFIGURATION,
  LAUNCH_TEMPLATE,
  TARGET_GROUP,
  TARGET_GROUP_ATTACHMENT,
  TRAFFIC_SOURCE_ATTACHMENT,
} from "../../resources";
import { given, withOnly } from "../../stack";
import type { Stack } from "../../stack";
import { securityGroupsOf } from "./holders";
import { openings } from "./ingress";
import { groupIngressOf, NO_PORTS, ownNetworkSettings } from "./open-groups";
import { prefixListsIn } from "./prefix-lists";

const FIX =
  '{ securityGroupId: instances.id, ipProtocol: "tcp", fromPort: 8080, toPort: 8080, ' +
  "referencedSecurityGroupId: loadBalancer.securityGroupId }";

/**
 * Instances, and tasks of ECS services, behind an Application Load Balancer. Only this type of load balancer has target
 * groups of HTTP or HTTPS, and it always connects to targets from its own addresses. Targets of a Network Load Balancer
 * may see their clients' addresses, so the rule skips instances that are also in another kind of target group, or in
 * one that is not in the stack.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export const instancesFromBalancer = stackRule({
  id: "instances-from-balancer",
  area: "exposure",
  title: "Instances behind an Application Load Balancer accept no traffic from the world",
  severity: "high",
  level: "stack",
  description:
    "Security groups of instances and tasks behind an Application Load Balancer do not let the world in on any port. " +
    "A client that reaches an instance directly bypasses the load balancer's TLS, access logs and firewall.",
  remedy: `Ingress of the instances: ${FIX}.`,
  references: [
    {
      label: "SEC05-BP02",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_layered.html",
    },
    {
      label: "Security groups of targets",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html",
    },
  ],
  settings: ownNetworkSettings,
  judge(stack, limits) {
    const settings = { ...limits, ...NO_PORTS };
    const ingress = groupIngressOf(stack, prefixListsIn(stack, [])).of;
    const groupsOf = securityGroupsOf(stack);
    const isOpen = (groups: readonly StackSubject[]): boolean =>
      openings(
        // The rules world-ingress judge sources that cannot be read.
        groups.flatMap((group) => (ingress.get(group) ?? []).map((one) => ({ ...one, doubts: [] }))),
        settings,
      ).length > 0;
    const open = new Map<StackSubject, StackSubject[]>();
    const together: Violation[] = [];
    for (const holder of holdersBehindApplicationLoadBalancers(stack)) {
      const groups = groupsOf(holder);
      const guilty = groups.filter((group) => isOpen([group]));
      for (const group of guilty) open.set(group, [...(open.get(group) ?? []), holder]);
      if (guilty.length > 0 || !isOpen(groups)) continue;
      const problem = `${quoted(groups)} together let the world in, and instances of "${holder.name}" ${BEHIND} use them`;
      together.push(...violations([problem], FIX, holder.urn));
    }
    const alone = [...open].flatMap(([group, users]) => {
      const problem = `It lets the world in, and instances of ${quoted(users, ", ")} ${BEHIND} use it`;
      return violations([problem], FIX, group.urn);
    });
    return [...alone, ...together];
  },
});

const BEHIND = "behind an Application Load Balancer";

function quoted(resources: readonly StackSubject[], and = " and "): string {
  return resources.map(({ name }) => `"${name}"`).join(and);
}

function holdersBehindApplicationLoadBalancers(stack: Stack): StackSubject[] {
  const kinds = new Map<StackSubject, Set<"application" | "other">>();
  const follow = stack.to([...LAUNCH_TEMPLATE, ...LAUNCH_CONFIGURATION], ["id", "name"]);
  const properties = ["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"];
  for (const { target, groups } of memberships(stack)) {
    const kind = groups.length > 0 && groups.every(isOfApplication) ? "application" : "other";
    const own = isOf([...INSTANCE, ...ECS_SERVICE], target) ? [target] : [];
    for (const holder of [...own, ...properties.flatMap((property) => follow(target, property))]) {
      kinds.set(holder, (kinds.get(holder) ?? new Set()).add(kind));
    }
  }
  return [...kinds].filter(([, set]) => !set.has("other")).map(([holder]) => holder);
}

function isOfApplication(group: StackSubject): boolean {
  return ["HTTP", "HTTPS"].includes(upperCase(read(group.props, ["protocol"])) ?? "");
}

interface Membership {
  /** An Auto Scaling group, an ECS service or an instance. */
  readonly target: StackSubject;
  /** The target groups it is in; empty if they are not in this stack. */
  readonly groups: readonly StackSubject[];
}

/** Properties in which a target lists its target groups, and the key of the group in an element. */
const OWN = [
  { types: AUTO_SCALING_GROUP, property: "targetGroupArns", key: undefined },
  { types: AUTO_SCALING_GROUP, property: "trafficSources", key: "identifier" },
  { types: ECS_SERVICE, property: "loadBalancers", key: "targetGroupArn" },
] as const;

/** The members of target groups, by every way to register them. */
function memberships(stack: Stack): Membership[] {
  const groupsOf = stack.to(TARGET_GROUP);
  /** The groups that one element of such a list may be. */
  const groupsAt = (
    target: StackSubject,
    property: string,
    item: Reading,
    key: string | undefined,
  ): readonly StackSubject[] => {
    const arn = key === undefined || item.kind !== "known" ? item : read(item.value, [key]);
    return groupsOf(withOnly(target, property, arn), property);
  };
  const own = stack.ofTypes([...AUTO_SCALING_GROUP, ...ECS_SERVICE]).flatMap((target) =>
    OWN.flatMap(({ property, types, key }): Membership[] => {
      if (!isOf(types, target) || given(target, property).kind === "absent") return [];
      const list = readList(target.props, [property]);
      if (isList(list) && list.length === 0) return [];
      // A list that is completely unknown still has its dependencies.
      const items = isList(list) ? list : [list];
      const groups = items.map((item) => groupsAt(target, property, item, key));
      // A target group that is not in the stack may be of any kind.
      return [{ target, groups: groups.every((some) => some.length > 0) ? groups.flat() : [] }];
    }),
  );
  const attached = (
    [
      [ATTACHMENT, "lbTargetGroupArn", AUTO_SCALING_GROUP, "autoscalingGroupName"],
      [TRAFFIC_SOURCE_ATTACHMENT, "trafficSource", AUTO_SCALING_GROUP, "autoscalingGroupName"],
      [TARGET_GROUP_ATTACHMENT, "targetGroupArn", INSTANCE, "targetId"],
    ] as const
  ).flatMap(([types, groupProperty, targetTypes, targetProperty]) => {
    const targetsOf = stack.to(targetTypes, ["id", "name"]);
    return stack
      .ofTypes(types)
      .filter((attachment) => read(attachment.props, [groupProperty]).kind !== "absent")
      .flatMap((attachment) => {
        const groups = groupsOf(attachment, groupProperty);
        return targetsOf(attachment, targetProperty).map((target) => ({ target, groups }));
      });
  });
  return [...own, ...attached];
}
