import { type Graph, listAt, shortType, textOf } from "../cost/graph";
import type { Resource } from "../engine/resource";
import { isMap, type Values } from "../values";
import { referencesOf } from "./ownership";
import { textsIn } from "./network";

/** Who may open connections, by a rule of a security group. */
export interface Admission {
  /** URNs of security groups whose members may. */
  readonly groups: readonly string[];
  /** Ranges of addresses and prefix lists that may. */
  readonly ranges: readonly string[];
  /** Whether nobody knows before the deployment who may. */
  readonly isUnknown: boolean;
  /** `tcp`, `udp`, `icmp`, or `-1` for all. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

const WORLD = new Set(["0.0.0.0/0", "::/0"]);

/** True for a range of all addresses. */
export function isWorld(range: string): boolean {
  return WORLD.has(range);
}

/** The ports of an admission, as people write them. */
export function portsOf({ protocol, from, to }: Admission): string {
  if (protocol === "-1" || (from <= 0 && to >= 65535))
    return protocol === "-1" ? "all ports" : `all ${protocol} ports`;
  const name = protocol === "tcp" ? "" : `${protocol.toUpperCase()} `;
  if (protocol.startsWith("icmp")) return "ICMP";
  return `${name}${from === to ? from : `${from}–${to}`}`;
}

/** True if a port is among those of an admission. */
export function admits({ protocol, from, to }: Admission, port: number): boolean {
  return protocol === "-1" || (from <= port && port <= to);
}

/** What security groups let in, and what is in them. */
export class Permissions {
  private readonly admissions = new Map<string, Admission[]>();
  /** The security groups of each resource that has some, by URN. */
  private readonly groupsOf = new Map<string, string[]>();

  constructor(graph: Graph) {
    const groups = new Set(graph.ofType("ec2/securityGroup").map(({ urn }) => urn));
    for (const group of graph.ofType("ec2/securityGroup"))
      for (const rule of listAt(group.inputs, "ingress"))
        if (isMap(rule)) this.admit(group.urn, inlineRule(rule, group, groups));
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

  /** What resources are let in by their security groups; undefined if they have none that the program declares. */
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

/** A rule that is a resource, of any of the three types. */
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

function inlineRule(rule: Values, group: Resource, groups: ReadonlySet<string>): Admission {
  const named = textsOf(rule, ["securityGroups"]);
  const isByGroup = "securityGroups" in rule && rule["securityGroups"] !== null;
  // The property is the whole list: which of its groups this rule names, only their ids could tell.
  const sources = (group.propertyDependencies["ingress"] ?? []).filter((urn) => groups.has(urn));
  const ranges = textsOf(rule, ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds"]);
  const foreign = named.filter((id) => id.startsWith("sg-") && sources.length === 0);
  return admissionOf(rule, isByGroup ? sources : [], [...ranges, ...foreign]);
}

function admissionOf(rule: Values, groups: readonly string[], ranges: readonly string[]): Admission {
  const from = Number(textOf(rule["fromPort"]) ?? 0);
  const protocol = (textOf(rule["ipProtocol"]) ?? textOf(rule["protocol"]) ?? "-1").toLowerCase();
  return {
    ...{ groups, ranges, from },
    isUnknown: groups.length === 0 && ranges.length === 0,
    to: Number(textOf(rule["toPort"]) ?? from),
    protocol: PROTOCOLS[protocol] ?? protocol,
  };
}

const PROTOCOLS: Readonly<Record<string, string>> = { all: "-1", "6": "tcp", "17": "udp", "1": "icmp" };

function textsOf(values: Values, properties: readonly string[]): string[] {
  return properties.flatMap((property) => textsIn(values[property]));
}
