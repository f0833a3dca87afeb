import { stackRule, violations } from "../../rule";
import type { StackSubject, Violation } from "../../rule";
import { isList, read, readList, upperCase } from "../../read";
import type { Reading } from "../../read";
import {
  ATTACHMENT,
  AUTO_SCALING_GROUP,
  DEFAULT_SECURITY_GROUP,
  INSTANCE,
  isOf,
  LAUNCH_CONFIGURATION,
  LAUNCH_TEMPLATE,
  LOAD_BALANCER,
  SECURITY_GROUP,
  TARGET_GROUP,
  TARGET_GROUP_ATTACHMENT,
  TRAFFIC_SOURCE_ATTACHMENT,
} from "../../resources";
import { integerSetting } from "../../settings";
import type { Stack } from "../../stack";
import { INGRESS, ingressOf, openings } from "./ingress";
import type { Ingress, IngressSettings } from "./ingress";

const FIX =
  '{ securityGroupId: instances.id, ipProtocol: "tcp", fromPort: 8080, toPort: 8080, ' +
  "referencedSecurityGroupId: loadBalancer.securityGroupId }";

const GROUP = [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP];

/**
 * Instances behind an Application Load Balancer. Only that balancer takes target groups of HTTP or HTTPS, and it
 * always speaks to its targets from its own addresses. Targets of a Network Load Balancer may see their clients'
 * addresses, so instances that are also behind another kind of target group, or one that is not in the stack,
 * are left alone.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export const instancesFromBalancer = stackRule({
  id: "instances-from-balancer",
  area: "exposure",
  title: "Instances behind an Application Load Balancer take no traffic from the world",
  severity: "high",
  level: "stack",
  description:
    "Security groups of instances behind an Application Load Balancer let the world in on no port at all. " +
    "Whoever reaches an instance past the balancer is past its TLS, its access logs and its firewall.",
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
  settings: {
    widestPrefix: integerSetting(
      1,
      32,
      16,
      "Prefix length of the widest IPv4 block of public addresses that may be a network of one's own; " +
        "a VPC's blocks are /16 at most.",
    ),
    widestPrefixIpv6: integerSetting(
      1,
      128,
      32,
      "Prefix length of the widest IPv6 block of public addresses that may be a network of one's own.",
    ),
  },
  judge(stack, limits) {
    // Sources that cannot be read are the business of the rule world-ingress.
    const settings = { ...limits, worldPorts: [], worldUdpPorts: [], prefixLists: ["*"] };
    const ingress = ingressBySecurityGroup(stack, settings);
    const names = namesBySecurityGroup(stack);
    return [...names].flatMap(([group, holders]): Violation[] => {
      const open = openings(ingress.get(group) ?? [], settings);
      if (open.length === 0) return [];
      const users = [...holders].map(({ name }) => `"${name}"`).join(", ");
      const fault = `It lets the world in, and instances of ${users} behind an Application Load Balancer use it`;
      return violations([fault], FIX, group.urn);
    });
  },
});

/** What lets traffic into each security group of the stack. */
function ingressBySecurityGroup(stack: Stack, settings: IngressSettings): Map<StackSubject, Ingress[]> {
  const found = new Map<StackSubject, Ingress[]>();
  const balancing = balancerGroups(stack);
  const groupsOf = stack.to(GROUP, ["id"]);
  for (const resource of stack.ofTypes(INGRESS)) {
    const candidates = isOf(GROUP, resource) ? [resource] : groupsOf(resource, "securityGroupId");
    // While ids are unknown, a rule may seem to belong to all groups of a component: it is the balancer's then.
    const likely = candidates.length > 1 ? candidates.filter((group) => balancing.has(group)) : candidates;
    const { elements } = ingressOf(resource, settings);
    for (const group of likely.length > 0 ? likely : candidates) {
      const readable = elements.map((element) => ({ ...element, doubts: [] }));
      found.set(group, [...(found.get(group) ?? []), ...readable]);
    }
  }
  return found;
}

/** The security groups of load balancers. */
function balancerGroups(stack: Stack): Set<StackSubject> {
  const groupsOf = stack.to(GROUP, ["id"]);
  return new Set(stack.ofTypes(LOAD_BALANCER).flatMap((balancer) => groupsOf(balancer, "securityGroups")));
}

/** The security groups of instances behind an Application Load Balancer only, with what names them. */
function namesBySecurityGroup(stack: Stack): Map<StackSubject, Set<StackSubject>> {
  const named = new Map<StackSubject, Set<StackSubject>>();
  const groupsOf = securityGroupsOf(stack);
  for (const holder of holdersBehindApplicationLoadBalancers(stack)) {
    for (const group of groupsOf(holder)) named.set(group, (named.get(group) ?? new Set()).add(holder));
  }
  return named;
}

/** Follows the lists of security groups of launch templates, launch configurations and instances. */
function securityGroupsOf(stack: Stack): (holder: StackSubject) => StackSubject[] {
  const byId = new Map<unknown, StackSubject>();
  for (const group of stack.ofTypes(GROUP)) {
    const id = read(group.props, ["id"]);
    if (id.kind === "known") byId.set(id.value, group);
  }
  const balancing = balancerGroups(stack);
  const groupsOf = stack.to(GROUP, ["id"]);
  return (holder) =>
    ["vpcSecurityGroupIds", "securityGroups", "networkInterfaces"].flatMap((property) => {
      const ids = idsIn(holder, property);
      const known = ids.flatMap((id) => (id.kind === "known" ? (byId.get(id.value) ?? []) : []));
      const unknown = ids.filter(({ kind }) => kind === "unknown").length;
      if (unknown === 0) return known;
      const candidates = groupsOf(holder, property);
      // More candidates than places: the balancer's own group is then there by way of a component they share.
      return candidates.length <= known.length + unknown
        ? [...known, ...candidates]
        : [...known, ...candidates.filter((group) => !balancing.has(group))];
    });
}

function idsIn(holder: StackSubject, property: string): readonly Reading[] {
  const list = readList(holder.props, [property]);
  if (!isList(list)) return list.kind === "unknown" ? [list] : [];
  if (property !== "networkInterfaces") return list;
  return list.flatMap((item) => {
    if (item.kind !== "known") return [item];
    const groups = readList(item.value, ["securityGroups"]);
    return isList(groups) ? groups : [groups];
  });
}

function holdersBehindApplicationLoadBalancers(stack: Stack): StackSubject[] {
  const kinds = new Map<StackSubject, Set<"application" | "other">>();
  const holdersOf = (["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"] as const).map(
    (property) =>
      (from: StackSubject): StackSubject[] =>
        stack.to([...LAUNCH_TEMPLATE, ...LAUNCH_CONFIGURATION], ["id", "name"])(from, property),
  );
  for (const { target, groups } of memberships(stack)) {
    const kind = groups.length > 0 && groups.every(isOfApplication) ? "application" : "other";
    const own = isOf(INSTANCE, target) ? [target] : [];
    for (const holder of [...own, ...holdersOf.flatMap((follow) => follow(target))]) {
      kinds.set(holder, (kinds.get(holder) ?? new Set()).add(kind));
    }
  }
  return [...kinds].filter(([, set]) => !set.has("other")).map(([holder]) => holder);
}

function isOfApplication(group: StackSubject): boolean {
  return ["HTTP", "HTTPS"].includes(upperCase(read(group.props, ["protocol"])) ?? "");
}

interface Membership {
  /** An Auto Scaling group or an instance. */
  readonly target: StackSubject;
  /** The target groups it is in; none if they are not in this stack. */
  readonly groups: readonly StackSubject[];
}

/** Who is in which target group, by every way to say so. */
function memberships(stack: Stack): Membership[] {
  const groupsOf = stack.to(TARGET_GROUP, ["arn", "id"]);
  const own = stack.ofTypes(AUTO_SCALING_GROUP).flatMap((target) =>
    ["targetGroupArns", "trafficSources"].flatMap((property): Membership[] => {
      const list = readList(target.props, [property]);
      if (isList(list) ? list.length === 0 : list.kind === "absent") return [];
      const groups = groupsOf(target, property);
      const isWhole = !isList(list) || groups.length >= list.length;
      return [{ target, groups: isWhole ? groups : [] }];
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
