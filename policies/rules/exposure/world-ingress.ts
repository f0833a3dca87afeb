import { resourceRule, stackRule, violations } from "../../rule";
import type { Reference, StackSubject, Violation } from "../../rule";
import { balancersOf, forwardsOf, passesTls } from "../../balancers";
import { integer, isList, read, readList, upperCase } from "../../read";
import type { Reading } from "../../read";
import { CLASSIC_LOAD_BALANCER, isOf, LISTENER, NODE_GROUP } from "../../resources";
import { textsSetting } from "../../settings";
import { withOnly } from "../../stack";
import type { Follow, Stack } from "../../stack";
import { LIGHTSAIL_PORTS } from "../evasion/types";
import { GROUP, HOLDER, securityGroupsOf } from "./holders";
import { FIREWALL, INGRESS, ingressOf, ingressSettings, listsUnread, mayBeServed, openings } from "./ingress";
import type { Ingress, IngressSettings, PrefixLists } from "./ingress";
import { NO_PORTS } from "./open-groups";
import { prefixListsIn } from "./prefix-lists";
import { inWords } from "./traffic";

const FIX =
  '{ ipProtocol: "tcp", fromPort: 8080, toPort: 8080, referencedSecurityGroupId: loadBalancer.securityGroupId }, ' +
  'or a narrow literal source such as cidrIpv4: "10.0.0.0/16"';

const STACK_FIX = `${FIX}; or, on the load balancer in the security group, new aws.lb.Listener("tls", { protocol: "TLS", port, … })`;

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
 * Security groups with inline ingress, and separate rules, each judged by its own inputs. Prefix lists are other
 * resources, so the rule at stack level judges them.
 */
export const worldIngress = resourceRule({
  id: "world-ingress",
  area: "exposure",
  title: "Security groups let the world in on web ports only",
  severity: "critical",
  level: "resource",
  description:
    "Security groups let the world in only on the ports of HTTP and HTTPS, and on ports that a load balancer serves by TLS, however the sources are written; " +
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
    const { elements: all, problem } = ingressOf(resource, listsUnread);
    const elements = isOf(FIREWALL, resource) ? all : all.filter((element) => !mayBeServed(element));
    if (problem !== undefined) return violations([problem], fix);
    const alone = elements.filter((element) => openings([element], settings).length > 0);
    const rest = elements.filter((element) => !alone.includes(element));
    const together = openings(rest, settings).map(
      ({ traffic, by }) =>
        `${by.map(({ label }) => label).join(" and ")} together let the world in on ${inWords([traffic])}`,
    );
    return [...alone.map((element) => problemOf(element, element.label || "The rule")), ...together].flatMap(
      (text) => violations([text], fix),
    );
  },
});

/** Fixes for types that declare ingress in another way. */
const FIXES: readonly (readonly [types: readonly string[], fix: string])[] = [
  [
    LIGHTSAIL_PORTS,
    'portInfos: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["203.0.113.0/24"] }], as an instance of ' +
      "Lightsail always has a public address",
  ],
  [NODE_GROUP, 'remoteAccess: { ec2SshKey: "operations", sourceSecurityGroupIds: [jumpHost.id] }'],
];

function problemOf({ traffic, doubts }: Ingress, what: string): string {
  const reasons = doubts.length === 0 ? ["its CIDR blocks contain too many public addresses"] : doubts;
  return `${what} lets the world in on ${inWords(traffic)}: ${reasons.join("; ")}`;
}

/**
 * The world in prefix lists, or spread over several rules of one security group or several security groups of one
 * instance. Only the stack shows these together.
 */
export const worldIngressStack = stackRule({
  id: "world-ingress-stack",
  area: "exposure",
  title: "Rules and prefix lists do not add up to the world",
  severity: "critical",
  level: "stack",
  description:
    "The rules of all security groups of a resource, with the prefix lists they name, let the world in only on " +
    "the ports of HTTP and HTTPS and of TLS listeners. Two rules that each admit half of the internet together admit all of it.",
  permits: "the setting prefixLists or worldPorts",
  remedy: `Ingress: ${FIX}.`,
  references: REFERENCES,
  settings: {
    ...ingressSettings,
    prefixLists: textsSetting(
      [],
      "IDs of managed prefix lists outside the stack that are known not to contain the world; " +
        '"*" trusts all lists.',
    ),
  },
  judge(stack, settings) {
    const lists = prefixListsIn(stack, settings.prefixLists);
    const members = stack.ofTypes(INGRESS).map((resource) => memberOf(resource, lists));
    // The resource rule has reported what one resource opens by its own blocks.
    const judged = members.filter(
      ({ resource }) =>
        openings(
          ingressOf(resource, listsUnread).elements.filter((element) => !mayBeServed(element)),
          settings,
        ).length === 0,
    );
    const groupsOf = stack.to(GROUP);
    const served = servedPorts(stack);
    const settingsOf = (keys: readonly string[]): IngressSettings => ({
      ...settings,
      worldPorts: [...settings.worldPorts, ...keys.flatMap((key) => served.get(key) ?? [])],
    });
    const settingsFor = ({ resource }: Member): IngressSettings => settingsOf(keysOf(resource, groupsOf));
    const alone = judged.filter((member) => openings(member.elements, settingsFor(member)).length > 0);
    const innocent = judged.filter((member) => !alone.includes(member));
    const groups = bySecurityGroup(stack, innocent);
    const open = new Map(
      [...groups].map(([key, some]) => [key, some.length < 2 ? [] : judgeTogether(some, settingsOf([key]))]),
    );
    return [
      ...alone.flatMap((member) => judgeMember(member, settingsFor(member))),
      ...[...open].flatMap(([key, found]) =>
        found.flatMap(({ text, resources }) => violations([text], STACK_FIX, blameFor(key, resources))),
      ),
      ...judgeHolders(stack, settingsOf, (urn) => (open.get(urn)?.length ? [] : (groups.get(urn) ?? []))),
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

/** Judges one resource alone: the prefix lists it names, and ports that no load balancer serves. */
function judgeMember({ resource, elements }: Member, settings: IngressSettings): Violation[] {
  const alone = elements.filter((element) => openings([element], settings).length > 0);
  const problems = alone.map((element) =>
    problemOf(element, [`"${resource.name}"`, ...(element.label === "" ? [] : [element.label])].join(" ")),
  );
  const together =
    alone.length > 0
      ? []
      : openings(elements, settings).map(
          ({ traffic }) =>
            `Elements of "${resource.name}" together let the world in on ${inWords([traffic])}`,
        );
  return [...problems, ...together].flatMap((text) => violations([text], STACK_FIX, resource.urn));
}

/** By security group (its URN or else its ID), the ports that load balancers in it serve by TLS. */
function servedPorts(stack: Stack): Map<string, number[]> {
  const served = new Map<string, number[]>();
  const groupsOf = stack.to(GROUP);
  const keysIn = (balancer: StackSubject): string[] => {
    const list = readList(balancer.props, ["securityGroups"]);
    return (isList(list) ? list : [list]).flatMap((id) => {
      const groups = groupsOf(withOnly(balancer, "securityGroups", id), "securityGroups");
      return groups.length === 0 && id.kind === "known" ? [String(id.value)] : groups.map(({ urn }) => urn);
    });
  };
  const serve = (balancer: StackSubject, port: Reading): void => {
    const number = port.kind === "known" ? integer(port.value) : undefined;
    if (number === undefined) return;
    for (const key of keysIn(balancer)) served.set(key, [...(served.get(key) ?? []), number]);
  };
  const balancerOf = balancersOf(stack);
  const forwards = forwardsOf(stack);
  for (const listener of stack.ofTypes(LISTENER)) {
    const protocol = upperCase(read(listener.props, ["protocol"])) ?? "";
    if (!/^(TLS|HTTPS)$/.test(protocol) && !passesTls(protocol, forwards(listener))) continue;
    for (const balancer of balancerOf(listener).found) serve(balancer, read(listener.props, ["port"]));
  }
  for (const balancer of stack.ofTypes(CLASSIC_LOAD_BALANCER)) {
    const listeners = readList(balancer.props, ["listeners"]);
    for (const one of isList(listeners) ? listeners : []) {
      const value = one.kind === "known" ? one.value : undefined;
      if (/^(SSL|HTTPS)$/.test(upperCase(read(value, ["lbProtocol"])) ?? ""))
        serve(balancer, read(value, ["lbPort"]));
    }
  }
  return served;
}

/** Ingress by the security group that it opens (its URN or else its ID). */
function bySecurityGroup(stack: Stack, members: readonly Member[]): Map<string, Member[]> {
  const groups = new Map<string, Member[]>();
  const groupsOf = stack.to(GROUP);
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

/** An opening that several resources make together, as a text, with these resources. */
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
 * Judges resources in several security groups, which accept what any of these lets in.
 *
 * @param membersOf by a security group's URN, its ingress, if the group alone is not open
 */
function judgeHolders(
  stack: Stack,
  settingsOf: (urns: readonly string[]) => IngressSettings,
  membersOf: (urn: string) => readonly Member[],
): Violation[] {
  const groupsOf = securityGroupsOf(stack);
  // Many resources share the same groups, so each set of groups is judged once.
  const found = new Map<string, Together[]>();
  return stack.ofTypes(HOLDER).flatMap((holder) => {
    const urns = groupsOf(holder).map(({ urn }) => urn);
    if (urns.length < 2) return [];
    const key = [...urns].sort().join(" ");
    const together = found.get(key) ?? judgeTogether(urns.flatMap(membersOf), settingsOf(urns));
    found.set(key, together);
    return together.flatMap(({ text }) =>
      violations([`${text}, and "${holder.name}" is in the security groups of all of them`], FIX, holder.urn),
    );
  });
}
