import { type Graph, listAt, shortType, textOf } from "../cost/graph";
import type { Resource } from "../engine/resource";
import { isMap, type Values } from "../values";
import { referencesOf } from "./ownership";
import { textsIn } from "./network";

/** The sources that a security group rule lets in. */
export interface Admission {
  /** URNs of the security groups whose members are let in. */
  readonly groups: readonly string[];
  /** The address ranges and prefix lists that are let in. */
  readonly ranges: readonly string[];
  /** `tcp`, `udp`, `icmp`, or `-1` for all. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** True if `groups` belong to several rules, and only their ids could show which of them this rule names. */
  readonly isOneOfSeveral?: boolean;
}

const WORLD = new Set(["0.0.0.0/0", "::/0"]);

/** True for a range that contains all addresses. */
export function isWorld(range: string): boolean {
  return WORLD.has(range);
}

/** The ports of admissions, as text; ports that others include are left out. */
export function portsOf(admissions: readonly Admission[]): string[] {
  const isWithin = (inner: Admission, outer: Admission): boolean =>
    (outer.protocol === "-1" || outer.protocol === inner.protocol) &&
    outer.from <= inner.from &&
    inner.to <= outer.to;
  const widest = admissions.filter(
    (one, index) =>
      !admissions.some((other, place) => isWithin(one, other) && (!isWithin(other, one) || place < index)),
  );
  return widest
    .sort((a, b) => a.from - b.from)
    .map(({ protocol, from, to }) => {
      if (protocol === "-1") return "everything";
      if (protocol.startsWith("icmp")) return "ICMP";
      if (!hasPorts(protocol)) return `protocol ${protocol}`;
      if (from === 0 && to === LAST_PORT) return `all ${protocol.toUpperCase()} ports`;
      return `${protocol === "tcp" ? "" : `${protocol.toUpperCase()} `}${from === to ? from : `${from}–${to}`}`;
    });
}

const LAST_PORT = 65_535;

function hasPorts(protocol: string): boolean {
  return protocol === "tcp" || protocol === "udp";
}

/** True if an admission includes a port of one of these protocols. */
export function admits(
  { protocol, from, to }: Admission,
  port: number,
  transports: readonly ("tcp" | "udp")[],
): boolean {
  return (protocol === "-1" || transports.some((one) => one === protocol)) && from <= port && port <= to;
}

/** The rules and the members of security groups. */
export class Permissions {
  private readonly admissions = new Map<string, Admission[]>();
  /** The security groups of each resource that has any, by URN. */
  private readonly groupsOf = new Map<string, string[]>();

  constructor(graph: Graph) {
    const all = graph.ofType("ec2/securityGroup");
    const groups = new Set(all.map(({ urn }) => urn));
    for (const group of all)
      for (const admission of inlineRules(group, all)) this.admit(group.urn, admission);
    for (const type of [
      "vpc/securityGroupIngressRule",
      "ec2/securityGroupIngressRule",
      "ec2/securityGroupRule",
    ])
      for (const rule of graph.ofType(type)) {
        if (type === "ec2/securityGroupRule" && textOf(rule.inputs["type"]) !== "ingress") continue;
        for (const group of graph.linked(rule, "securityGroupId", "ec2/securityGroup"))
          this.admit(group.urn, ownRule(rule, graph));
      }
    for (const resource of graph.resources) {
      if (shortType(resource.type) === undefined || isAboutGroups(resource)) continue;
      const own = referencesOf(resource).filter((urn) => groups.has(urn));
      if (own.length > 0) this.groupsOf.set(resource.urn, own);
    }
  }

  /** The admissions of resources through their security groups; undefined if the program declares none for them. */
  of(urns: readonly string[]): Admission[] | undefined {
    const groups = new Set(urns.flatMap((urn) => this.groupsOf.get(urn) ?? []));
    return groups.size === 0 ? undefined : [...groups].flatMap((group) => this.admissions.get(group) ?? []);
  }

  /** The resources in a security group. */
  membersOf(group: string): string[] {
    return [...this.groupsOf].filter(([, groups]) => groups.includes(group)).map(([urn]) => urn);
  }

  private admit(group: string, admission: Admission): void {
    this.admissions.set(group, [...(this.admissions.get(group) ?? []), admission]);
  }
}

function isAboutGroups({ type }: Resource): boolean {
  return /securityGroup/i.test(type);
}

/** A rule that is a separate resource, of any of the three types. */
function ownRule(rule: Resource, graph: Graph): Admission {
  const sources = ["sourceSecurityGroupId", "referencedSecurityGroupId"].flatMap((property) =>
    property in rule.inputs ? graph.linked(rule, property, "ec2/securityGroup") : [],
  );
  const ranges = [
    "cidrBlocks",
    "ipv6CidrBlocks",
    "prefixListIds",
    "cidrIpv4",
    "cidrIpv6",
    "prefixListId",
    "cidrIp",
  ];
  const self =
    textOf(rule.inputs["self"]) === "true" ? (rule.propertyDependencies["securityGroupId"] ?? []) : [];
  return admissionOf(rule.inputs, [...sources.map(({ urn }) => urn), ...self], textsOf(rule.inputs, ranges));
}

/** The rules that are properties of a group. */
function inlineRules(group: Resource, all: readonly Resource[]): Admission[] {
  const rules = listAt(group.inputs, "ingress").filter(isMap);
  // Before deployment the groups' ids aren't known, and the dependencies are those of the whole list.
  const come = (group.propertyDependencies["ingress"] ?? []).filter((urn) =>
    all.some((one) => one.urn === urn),
  );
  const isByUnknown = (rule: Values): boolean => !idsOf(rule).every(isId);
  const isOneOfSeveral = come.length > 1 && rules.filter(isByUnknown).length > 1;
  return rules.map((rule) => {
    const ids = idsOf(rule).filter(isId);
    const named = all.filter(({ id }) => ids.includes(id)).map(({ urn }) => urn);
    const foreign = ids.filter((named) => !all.some(({ id }) => id === named));
    const self = textOf(rule["self"]) === "true" ? [group.urn] : [];
    const sources = isByUnknown(rule) ? come : named;
    const ranges = textsOf(rule, ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds"]);
    const admission = admissionOf(rule, [...sources, ...self], [...ranges, ...foreign]);
    return isByUnknown(rule) && isOneOfSeveral ? { ...admission, isOneOfSeveral } : admission;
  });
}

/** The groups that a rule names; empty strings for unknown ones. */
function idsOf({ securityGroups: list = null }: Values): string[] {
  if (list === null) return [];
  return Array.isArray(list) ? list.map((one) => textOf(one) ?? "") : [""];
}

function isId(text: string): boolean {
  return text.startsWith("sg-");
}

function admissionOf(rule: Values, groups: readonly string[], ranges: readonly string[]): Admission {
  const said = (textOf(rule["ipProtocol"]) ?? textOf(rule["protocol"]) ?? "-1").toLowerCase();
  const protocol = PROTOCOLS[said] ?? said;
  const isAll = protocol === "-1" || textOf(rule["fromPort"]) === "-1";
  const from = isAll ? 0 : Number(textOf(rule["fromPort"]) ?? 0);
  const to = isAll ? LAST_PORT : Number(textOf(rule["toPort"]) ?? from);
  return { groups, ranges, protocol, from, to };
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  all: "-1",
  "6": "tcp",
  "17": "udp",
  "1": "icmp",
  "58": "icmpv6",
};

function textsOf(values: Values, properties: readonly string[]): string[] {
  return properties.flatMap((property) => textsIn(values[property]));
}
