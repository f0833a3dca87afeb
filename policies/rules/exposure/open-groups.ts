import { DEFAULT_SECURITY_GROUP, isOf } from "../../resources";
import type { StackSubject } from "../../rule";
import { integerSetting } from "../../settings";
import { withOnly } from "../../stack";
import type { Stack } from "../../stack";
import { attachedLater, balancerGroups, GROUP, GROUP_KEYS } from "./holders";
import { INGRESS, ingressOf, openings } from "./ingress";
import type { Ingress, IngressSettings, PrefixLists } from "./ingress";
import type { Said } from "./network-of";

/** Settings for what counts as the organization's own network, for rules that let the world in on no port. */
export const ownNetworkSettings = {
  widestPrefix: integerSetting(
    1,
    32,
    16,
    "Prefix length of the widest IPv4 block of public addresses that may be your own network; " +
      "the widest block of a VPC is /16.",
  ),
  widestPrefixIpv6: integerSetting(
    1,
    128,
    32,
    "Prefix length of the widest IPv6 block of public addresses that may be your own network.",
  ),
};

/** Settings that open no port to the world. */
export const NO_PORTS = { worldPorts: [], worldUdpPorts: [] } as const;

/** The ingress rules of the security groups of a stack. */
export interface GroupIngress {
  readonly of: ReadonlyMap<StackSubject, readonly Ingress[]>;
  /** Rules of security groups that are not in the stack. */
  readonly foreign: readonly Ingress[];
}

/** Finds the ingress rules of each security group of a stack. */
export function groupIngressOf(stack: Stack, lists: PrefixLists<StackSubject>): GroupIngress {
  const of = new Map<StackSubject, Ingress[]>();
  const foreign: Ingress[] = [];
  const balancing = balancerGroups(stack);
  const groupsOf = stack.to(GROUP);
  for (const resource of stack.ofTypes(INGRESS)) {
    const { elements } = ingressOf(resource, lists);
    const candidates = isOf(GROUP, resource) ? [resource] : groupsOf(resource, "securityGroupId");
    if (candidates.length === 0) foreign.push(...elements);
    // While IDs are unknown, a rule may match all groups of a component; it is then taken as the balancer's.
    const likely = candidates.filter((group) => balancing.has(group));
    for (const group of likely.length > 0 ? likely : candidates) {
      of.set(group, [...(of.get(group) ?? []), ...elements]);
    }
  }
  return { of, foreign };
}

/** How the world can connect, or why this is not known. */
export interface WayIn {
  /** Completes "and …". */
  readonly text: string;
  /** Whether the world can connect only if another program opened the group, which AWS keeps closed by default. */
  readonly isAdvice: boolean;
}

/**
 * Says how the world can connect through security groups: those named, and those that other resources attach holders
 * to.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
 *
 * @returns a function that returns undefined if the world cannot connect
 */
export function worldComesIn(
  stack: Stack,
  ingress: GroupIngress,
  settings: IngressSettings,
): (groups: readonly Said[], holders: readonly StackSubject[]) => WayIn | undefined {
  const defaults = stack.ofTypes(DEFAULT_SECURITY_GROUP);
  const groupsOf = stack.to(GROUP, GROUP_KEYS);
  const balancing = balancerGroups(stack);
  const later = attachedLater(stack);
  const isOpen = (elements: readonly Ingress[]): boolean => openings(elements, settings).length > 0;
  return (groups, holders) => {
    const named = new Set<StackSubject>();
    const unread: string[] = [];
    for (const { from, property, label, value } of groups) {
      const candidates = groupsOf(withOnly(from, property, value), property);
      if (candidates.length === 0) unread.push(label);
      // More candidates than references: the balancer's group is a candidate only because both are in one component.
      const places = groups.filter((other) => other.property === property).length;
      const likely =
        candidates.length > places ? candidates.filter((group) => !balancing.has(group)) : candidates;
      for (const group of likely) named.add(group);
    }
    for (const holder of holders) for (const group of later.get(holder) ?? []) named.add(group);
    const guilty = [...named].filter((group) => isOpen(ingress.of.get(group) ?? []));
    const open =
      guilty.length > 0
        ? guilty
        : isOpen([...named].flatMap((group) => ingress.of.get(group) ?? []))
          ? [...named]
          : [];
    const refused = (text: string): WayIn => ({ text, isAdvice: false });
    if (open.length > 0)
      return refused(
        `${open.map(({ name }) => `"${name}"`).join(" and ")} let${open.length === 1 ? "s" : ""} the world in`,
      );
    if (unread.length > 0)
      return refused(
        `the ingress of ${unread.join(" and ")} is not known: the security group is not in this program`,
      );
    // A resource that names no group is in its VPC's default security group, which by default admits its members only.
    if (groups.length > 0) return undefined;
    if (isOpen([...defaults.flatMap((group) => ingress.of.get(group) ?? []), ...ingress.foreign]))
      return refused(
        "a security group that it doesn't name, the VPC's default group or one outside this program, lets the world in",
      );
    const text = "the ingress of the VPC's default security group is not known: it is not in this program";
    return defaults.length === 0 ? { text, isAdvice: true } : undefined;
  };
}
