import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import {
  CLASSIC_LOAD_BALANCER,
  DEFAULT_SECURITY_GROUP,
  ECS_SERVICE,
  INSTANCE,
  isOf,
  LAUNCH_CONFIGURATION,
  LAUNCH_TEMPLATE,
  LOAD_BALANCER,
  NETWORK_INTERFACE,
  SECURITY_GROUP,
  SECURITY_GROUP_ATTACHMENT,
} from "../../resources";
import type { StackSubject } from "../../rule";
import type { Stack } from "../../stack";

/** Security groups, including the default groups of VPCs. */
export const GROUP = [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP];

/** The properties by which holders name security groups: instances in the default VPC may use names. */
export const GROUP_KEYS = ["id", "name"] as const;

/** Types that are in security groups. */
export const HOLDER = [
  ...LAUNCH_TEMPLATE,
  ...LAUNCH_CONFIGURATION,
  ...INSTANCE,
  ...ECS_SERVICE,
  ...NETWORK_INTERFACE,
  ...LOAD_BALANCER,
  ...CLASSIC_LOAD_BALANCER,
];

/** Where holders name their security groups: an input, and the property of its elements that holds the list. */
const PLACES = [
  { property: "vpcSecurityGroupIds", isListOf: undefined },
  { property: "securityGroups", isListOf: undefined },
  { property: "networkInterfaces", isListOf: "securityGroups" },
  { property: "networkConfiguration", isListOf: "securityGroups" },
] as const;

/** The security groups of load balancers. */
export function balancerGroups(stack: Stack): Set<StackSubject> {
  const groupsOf = stack.to(GROUP);
  return new Set(stack.ofTypes(LOAD_BALANCER).flatMap((balancer) => groupsOf(balancer, "securityGroups")));
}

/** Finds the security groups of this stack that a holder is in. */
export function securityGroupsOf(stack: Stack): (holder: StackSubject) => StackSubject[] {
  const byKey = new Map<unknown, StackSubject>();
  for (const group of stack.ofTypes(GROUP)) {
    for (const key of GROUP_KEYS) {
      const reading = read(group.props, [key]);
      if (reading.kind === "known") byKey.set(reading.value, group);
    }
  }
  const balancing = balancerGroups(stack);
  const groupsOf = stack.to(GROUP, GROUP_KEYS);
  const attached = attachedLater(stack);
  return (holder) => {
    const own = PLACES.flatMap(({ property, isListOf }) => {
      const ids = idsIn(holder, property, isListOf);
      const known = ids.flatMap((id) => (id.kind === "known" ? (byKey.get(id.value) ?? []) : []));
      const unknown = ids.filter(({ kind }) => kind === "unknown").length;
      if (unknown === 0) return known;
      const candidates = groupsOf(holder, property);
      if (candidates.length <= known.length + unknown) return [...known, ...candidates];
      // More candidates than references: the balancer's group is a candidate only because both are in one component.
      const isBalancer = isOf([...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER], holder);
      return [...known, ...candidates.filter((group) => !isBalancer && !balancing.has(group))];
    });
    return [...new Set([...own, ...(attached.get(holder) ?? [])])];
  };
}

function idsIn(holder: StackSubject, property: string, isListOf: string | undefined): readonly Reading[] {
  const value = readList(holder.props, [property]);
  if (isListOf === undefined) return isList(value) ? value : value.kind === "unknown" ? [value] : [];
  return (isList(value) ? value : [value]).flatMap((item) => {
    if (item.kind !== "known") return item.kind === "unknown" ? [item] : [];
    const groups = readList(item.value, [isListOf]);
    return isList(groups) ? groups : [groups];
  });
}

/** Security groups to which another resource attaches instances and network interfaces. */
export function attachedLater(stack: Stack): Map<StackSubject, StackSubject[]> {
  const found = new Map<StackSubject, StackSubject[]>();
  const groupsOf = stack.to(GROUP);
  const holdersOf = stack.to([...INSTANCE, ...NETWORK_INTERFACE], ["primaryNetworkInterfaceId", "id"]);
  for (const attachment of stack.ofTypes(SECURITY_GROUP_ATTACHMENT)) {
    const [holder, ...others] = holdersOf(attachment, "networkInterfaceId");
    // A preview does not show which of several it is.
    if (holder === undefined || others.length > 0) continue;
    found.set(holder, [...(found.get(holder) ?? []), ...groupsOf(attachment, "securityGroupId")]);
  }
  return found;
}
