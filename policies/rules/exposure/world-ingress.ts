import { resourceRule, stackRule, violations } from "../../rule";
import type { Reference, StackSubject, Violation } from "../../rule";
import { read } from "../../read";
import { isOf, NODE_GROUP } from "../../resources";
import { textsSetting } from "../../settings";
import type { Follow, Stack } from "../../stack";
import { LIGHTSAIL_PORTS } from "../evasion/types";
import { GROUP, HOLDER, securityGroupsOf } from "./holders";
import { FIREWALL, INGRESS, ingressOf, ingressSettings, listsUnread, openings } from "./ingress";
import type { Ingress, IngressSettings, PrefixLists } from "./ingress";
import { NO_PORTS } from "./open-groups";
import { prefixListsIn } from "./prefix-lists";
import { inWords } from "./traffic";

const FIX =
  '{ ipProtocol: "tcp", fromPort: 8080, toPort: 8080, referencedSecurityGroupId: loadBalancer.securityGroupId }, ' +
  'or a narrow literal source such as cidrIpv4: "10.0.0.0/16"';

const REFERENCES: readonly Reference[] = [
  ...["EC2.18", "EC2.19"].map((label) => ({
    label,
    url: `https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#${label.toLowerCase().replace(".", "-")}`,
  })),
  {
    label: "SEC05-BP02",
    url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_layered.html",
  },
];

/**
 * Security groups with inline ingress, and rules of their own, each judged by its own inputs. What is in a prefix
 * list, another resource, is for the rule at stack level to judge.
 */
export const worldIngress = resourceRule({
  id: "world-ingress",
  area: "exposure",
  title: "The world comes in on web ports only",
  severity: "critical",
  level: "resource",
  description:
    "Security groups let the world in on the ports of HTTP and HTTPS only, however the world is written; " +
    "a source that cannot be read in a preview counts as the world. " +
    "Every other open port is scanned and attacked within minutes.",
  permits: "the setting worldPorts",
  remedy: `Ingress: ${FIX}.`,
  references: REFERENCES,
  settings: ingressSettings,
  types: [...INGRESS, ...FIREWALL],
  judge(resource, configured) {
    const isPublic = isOf(LIGHTSAIL_PORTS, resource);
    const settings = isPublic ? { ...configured, ...NO_PORTS } : configured;
    const fix = FIXES.find(([types]) => isOf(types, resource))?.[1] ?? FIX;
    const { elements, fault } = ingressOf(resource, listsUnread);
    if (fault !== undefined) return violations([fault], fix);
    const alone = elements.filter((element) => openings([element], settings).length > 0);
    const rest = elements.filter((element) => !alone.includes(element));
    const together = openings(rest, settings).map(
      ({ traffic, by }) =>
        `${by.map(({ label }) => label).join(" and ")} together let the world in on ${inWords([traffic])}`,
    );
    return [...alone.map((element) => faultOf(element, element.label || "The rule")), ...together].flatMap(
      (text) => violations([text], fix),
    );
  },
});

/** For what has words of its own. */
const FIXES: readonly (readonly [types: readonly string[], fix: string])[] = [
  [
    LIGHTSAIL_PORTS,
    'portInfos: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["203.0.113.0/24"] }], as an instance of ' +
      "Lightsail always has a public address",
  ],
  [NODE_GROUP, 'remoteAccess: { ec2SshKey: "operations", sourceSecurityGroupIds: [jumpHost.id] }'],
];

function faultOf({ traffic, ranges, doubts }: Ingress, what: string): string {
  const reasons =
    ranges.length > 0 && doubts.length === 0 ? ["its CIDR blocks hold too many public addresses"] : doubts;
  return `${what} lets the world in on ${inWords(traffic)}: ${reasons.join("; ")}`;
}

/**
 * The world in prefix lists, and in parts: spread over several rules of one security group, or over the security
 * groups of one instance. Only the stack shows them together.
 */
export const worldIngressStack = stackRule({
  id: "world-ingress-stack",
  area: "exposure",
  title: "Rules and prefix lists do not add up to the world",
  severity: "critical",
  level: "stack",
  description:
    "The rules of all security groups that something is in, with the prefix lists they name, let the world in on " +
    "the ports of HTTP and HTTPS only. Two halves of the internet in two rules are as open as the whole in one.",
  permits: "the setting prefixLists or worldPorts",
  remedy: `Ingress: ${FIX}.`,
  references: REFERENCES,
  settings: {
    ...ingressSettings,
    prefixLists: textsSetting(
      [],
      "Ids of managed prefix lists, not made by the stack, that are known not to hold the world; " +
        '"*" trusts all lists.',
    ),
  },
  judge(stack, settings) {
    const lists = prefixListsIn(stack, settings.prefixLists);
    const members = stack.ofTypes(INGRESS).map((resource) => memberOf(resource, lists));
    // What one resource opens by its own blocks, the resource rule has reported.
    const judged = members.filter(
      ({ resource }) => openings(ingressOf(resource, listsUnread).elements, settings).length === 0,
    );
    const byLists = judged.filter(({ elements }) => openings(elements, settings).length > 0);
    const innocent = judged.filter((member) => !byLists.includes(member));
    const groups = bySecurityGroup(stack, innocent);
    const open = new Map(
      [...groups].map(([key, some]) => [key, some.length < 2 ? [] : judgeTogether(some, settings)]),
    );
    return [
      ...byLists.flatMap((member) => judgeLists(member, settings)),
      ...[...open].flatMap(([key, found]) =>
        found.flatMap(({ text, resources }) => violations([text], FIX, blameFor(key, resources))),
      ),
      ...judgeHolders(stack, settings, (urn) => (open.get(urn)?.length ? [] : (groups.get(urn) ?? []))),
    ];
  },
});

interface Member {
  readonly resource: StackSubject;
  readonly elements: readonly Ingress[];
}

function memberOf(resource: StackSubject, lists: PrefixLists<StackSubject>): Member {
  return { resource, elements: ingressOf(resource, lists).elements };
}

/** One that the prefix lists it names make open. */
function judgeLists({ resource, elements }: Member, settings: IngressSettings): Violation[] {
  const alone = elements.filter((element) => openings([element], settings).length > 0);
  const faults = alone.map((element) =>
    faultOf(element, [`"${resource.name}"`, ...(element.label === "" ? [] : [element.label])].join(" ")),
  );
  const together =
    alone.length > 0
      ? []
      : openings(elements, settings).map(
          ({ traffic }) =>
            `Elements of "${resource.name}" together let the world in on ${inWords([traffic])}`,
        );
  return [...faults, ...together].flatMap((text) => violations([text], FIX, resource.urn));
}

/** Ingress by what identifies the security group it opens: its URN, or else its id. */
function bySecurityGroup(stack: Stack, members: readonly Member[]): Map<string, Member[]> {
  const groups = new Map<string, Member[]>();
  const groupsOf = stack.to(GROUP, ["id"]);
  for (const member of members) {
    if (member.elements.length === 0) continue;
    for (const key of keysOf(member.resource, groupsOf)) {
      const others = groups.get(key);
      if (others) others.push(member);
      else groups.set(key, [member]);
    }
  }
  return groups;
}

function keysOf(resource: StackSubject, groupsOf: Follow): string[] {
  if (isOf(GROUP, resource)) return [resource.urn];
  const groups = groupsOf(resource, "securityGroupId").map(({ urn }) => urn);
  if (groups.length > 0) return groups;
  const id = read(resource.props, ["securityGroupId"]);
  if (id.kind === "known" && typeof id.value === "string") return [id.value];
  const sources = resource.propertyDependencies["securityGroupId"] ?? [];
  return sources.length > 0 ? [sources.map(({ urn }) => urn).join(" ")] : [];
}

/** What several things open together, in words, with the resources that do. */
interface Together {
  readonly text: string;
  readonly resources: readonly StackSubject[];
}

function judgeTogether(members: readonly Member[], settings: IngressSettings): Together[] {
  const owners = new Map(
    members.flatMap(({ resource, elements }) => elements.map((element) => [element, resource] as const)),
  );
  return openings([...owners.keys()], settings).map(({ traffic, by }) => {
    const resources = [...new Set(by.map((element) => owners.get(element)!))];
    const names = resources.map(({ name }) => `"${name}"`).join(" and ");
    return { text: `${names} together let the world in on ${inWords([traffic])}`, resources };
  });
}

function blameFor(key: string, resources: readonly StackSubject[]): string {
  return key.startsWith("urn:") && !key.includes(" ") ? key : resources[0]!.urn;
}

/**
 * Whatever is in several security groups takes what any of them lets in.
 *
 * @param membersOf the ingress of a security group that is not open by itself, by the group's URN
 */
function judgeHolders(
  stack: Stack,
  settings: IngressSettings,
  membersOf: (urn: string) => readonly Member[],
): Violation[] {
  const groupsOf = securityGroupsOf(stack);
  // Whole fleets are in the same groups: each set is judged once.
  const found = new Map<string, Together[]>();
  return stack.ofTypes(HOLDER).flatMap((holder) => {
    const urns = groupsOf(holder).map(({ urn }) => urn);
    if (urns.length < 2) return [];
    const key = [...urns].sort().join(" ");
    const together = found.get(key) ?? judgeTogether(urns.flatMap(membersOf), settings);
    found.set(key, together);
    return together.flatMap(({ text }) =>
      violations([`${text}, and "${holder.name}" is in the security groups of all of them`], FIX, holder.urn),
    );
  });
}
