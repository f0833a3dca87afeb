import { describe } from "../../rule";
import type { Subject } from "../../rule";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import {
  DEFAULT_SECURITY_GROUP,
  INGRESS_RULE,
  isOf,
  NODE_GROUP,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
} from "../../resources";
import { LIGHTSAIL_PORTS } from "../evasion/types";
import { integerSetting } from "../../settings";
import type { Setting, ValuesOf } from "../../settings";
import { parseCidr } from "../../cidr";
import type { AddressRange } from "../../cidr";
import { EVERYWHERE, isTheWorld } from "./cidr";
import { EVERYTHING, type Traffic, trafficOf } from "./traffic";

/**
 * The blocks of a managed prefix list.
 *
 * @param from the resource that names the list
 * @param property the input of that resource that holds the list's ID
 * @param id the list's ID
 * @returns undefined if the blocks are not known
 */
export type PrefixLists<From extends Subject> = (
  from: From,
  property: string,
  id: Reading,
) => readonly AddressRange[] | undefined;

/** For rules on single resources: only the stack shows the blocks of a list. */
export const listsUnread: PrefixLists<Subject> = () => [];

/** Everything that lets traffic into a security group. */
export const INGRESS = [
  ...SECURITY_GROUP,
  ...DEFAULT_SECURITY_GROUP,
  ...SECURITY_GROUP_RULE,
  ...INGRESS_RULE,
] as const;

/** Firewalls of instances that are always public, or that open a port for administration. */
export const FIREWALL = [...LIGHTSAIL_PORTS, ...NODE_GROUP] as const;

/**
 * TCP ports that must not be open even if a load balancer serves them: ports for administration, databases and similar
 * services, and web ports, which `worldPorts` governs.
 *
 * Source: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19
 */
const NEVER_SERVED: ReadonlySet<number> = new Set([
  20, 21, 22, 23, 25, 80, 110, 135, 139, 143, 389, 443, 445, 636, 873, 1433, 1434, 1521, 2049, 2375, 2376,
  3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 5900, 5985, 5986, 6379, 6443, 8080, 8088, 8888, 9000, 9090,
  9092, 9200, 9300, 10250, 11211, 27017,
]);

/**
 * Whether ingress opens a single port that a load balancer may serve by TLS. Only the rule at stack level sees whether
 * one does.
 */
export function mayBeServed({ traffic: [only, ...more] }: Ingress): boolean {
  return (
    only?.protocol === "tcp" && more.length === 0 && only.from === only.to && !NEVER_SERVED.has(only.from)
  );
}

/** Settings for what counts as the world, and for the ports that it may reach. */
export const ingressSettings = {
  worldPorts: portsSetting([443, 80], "TCP ports that the world may reach."),
  worldUdpPorts: portsSetting([443], "UDP ports that the world may reach; 443 is HTTP/3."),
  widestPrefix: integerSetting(
    1,
    32,
    8,
    "Prefix length of the widest IPv4 block of public addresses that does not count as the world.",
  ),
  widestPrefixIpv6: integerSetting(
    1,
    128,
    16,
    "Prefix length of the widest IPv6 block of public addresses that does not count as the world.",
  ),
};

export type IngressSettings = ValuesOf<typeof ingressSettings>;

/** One ingress rule: an element of an inline list, or a separate resource. */
export interface Ingress {
  /** Its place in its resource, such as `ingress[0]`; empty if it is the resource itself. */
  readonly label: string;
  readonly traffic: readonly Traffic[];
  /** The sources that could be read. */
  readonly ranges: readonly AddressRange[];
  /** Descriptions of the sources that could not be read or are not trusted. These count as the world. */
  readonly doubts: readonly string[];
}

/** The ingress rules of one resource, and what is wrong with its list of them if it cannot be read. */
interface AllIngress {
  readonly elements: readonly Ingress[];
  readonly problem?: string;
}

/** The ingress of resources that name no prefix list, which is the same for every rule. */
const withoutLists = new WeakMap<Subject, AllIngress>();

/**
 * The ingress of a security group or rule.
 *
 * @param lists the blocks of prefix lists
 * @returns no elements for an egress rule; a problem if the list cannot be read
 */
export function ingressOf<From extends Subject>(resource: From, lists: PrefixLists<From>): AllIngress {
  const known = withoutLists.get(resource);
  if (known !== undefined) return known;
  let namesLists = false;
  const ingress = readIngress<From>(resource, (...list) => {
    namesLists = true;
    return lists(...list);
  });
  if (!namesLists) withoutLists.set(resource, ingress);
  return ingress;
}

function readIngress<From extends Subject>(resource: From, lists: PrefixLists<From>): AllIngress {
  const listOf = (property: string, id: Reading): readonly AddressRange[] | undefined =>
    lists(resource, property, id);
  if (isOf(SECURITY_GROUP_RULE, resource)) {
    const type = read(resource.props, ["type"]);
    if (type.kind === "known" && type.value === "egress") return { elements: [] };
    return { elements: [element("", resource.props, "protocol", listOf)] };
  }
  if (isOf(INGRESS_RULE, resource)) {
    return { elements: [element("", resource.props, "ipProtocol", listOf)] };
  }
  if (isOf(NODE_GROUP, resource)) return { elements: remoteAccessOf(resource) };
  const property = isOf(LIGHTSAIL_PORTS, resource) ? "portInfos" : "ingress";
  const list = readList(resource.props, [property]);
  if (isList(list)) {
    return {
      elements: list.map((item, index) =>
        element(
          `${property}[${index}]`,
          item.kind === "known" ? item.value : undefined,
          "protocol",
          (_, id) => listOf(property, id),
        ),
      ),
    };
  }
  if (list.kind === "absent") return { elements: [] };
  return { elements: [], problem: `${property} ${describe(list)}; it must be a literal list` };
}

/**
 * If a key is set but no source, EKS opens port 22 of the nodes to everybody.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html
 */
function remoteAccessOf({ props }: Subject): Ingress[] {
  const access = read(props, ["remoteAccess"]);
  const key = access.kind === "known" ? read(access.value, ["ec2SshKey"]) : access;
  const sources = readList(props, ["remoteAccess", "sourceSecurityGroupIds"]);
  if (key.kind === "absent" || (isList(sources) ? sources.length > 0 : sources.kind === "unknown")) {
    if (access.kind !== "unknown") return [];
  }
  const doubts = ["it names no sourceSecurityGroupIds, without which EKS lets everybody in"];
  return [{ label: "remoteAccess", traffic: [{ protocol: "tcp", from: 22, to: 22 }], ranges: [], doubts }];
}

function element(
  label: string,
  props: unknown,
  protocol: string,
  listOf: (property: string, id: Reading) => readonly AddressRange[] | undefined,
): Ingress {
  const at = (property: string): Reading => read(props, [property]);
  const ranges: AddressRange[] = [];
  const doubts: string[] = [];
  let sources = 0;
  for (const [name, source] of each(props, CIDRS)) {
    sources += 1;
    const text = source.kind === "known" ? source.value : undefined;
    const range = typeof text === "string" ? parseCidr(text) : undefined;
    if (range !== undefined) ranges.push(range);
    else
      doubts.push(`${name} ${describe(source)}, so it may be any address; it must be a literal CIDR block`);
  }
  for (const [name, id] of each(props, PREFIX_LISTS)) {
    sources += 1;
    const blocks = listOf(name.replace(/\[\d+\]$/, ""), id);
    if (blocks !== undefined) ranges.push(...blocks);
    else {
      const found = describe(id, /^pl-[0-9a-f]{4,20}$/);
      doubts.push(`${name} ${found}, which the setting prefixLists must name`);
    }
  }
  sources += each(props, OTHERS).length;
  const self = at("self");
  if (self.kind === "unknown" || (self.kind === "known" && self.value !== false)) sources += 1;
  if (sources === 0) doubts.push("it names no source; it must name a security group or a literal CIDR block");
  return { label, traffic: trafficOf(at(protocol), at("fromPort"), at("toPort")), ranges, doubts };
}

const CIDRS = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6", "cidrs", "ipv6Cidrs"];
const PREFIX_LISTS = ["prefixListIds", "prefixListId"];
/** Sources that are not addresses; Lightsail defines the addresses of its aliases. */
const OTHERS = ["securityGroups", "sourceSecurityGroupId", "referencedSecurityGroupId", "cidrListAliases"];

/** The sources in some properties that are set or unknown. Each property holds a value or a list. */
function each(props: unknown, properties: readonly string[]): [name: string, source: Reading][] {
  return properties.flatMap((property) => {
    const list = readList(props, [property]);
    const sources: [string, Reading][] = isList(list)
      ? list.map((source, index) => [`${property}[${index}]`, source])
      : [[property, list]];
    return sources.filter(([, source]) => source.kind !== "absent" || isList(list)).filter(isNotEmpty);
  });
}

function isNotEmpty([, source]: [string, Reading]): boolean {
  return source.kind !== "known" || source.value !== "";
}

/** Traffic that the world may send although the settings do not allow it. */
export interface Opening {
  readonly traffic: Traffic;
  /** The ingress rules that allow it together. */
  readonly by: readonly Ingress[];
}

/**
 * The openings of a security group with all these ingress rules: at most one for each protocol.
 */
export function openings(elements: readonly Ingress[], settings: IngressSettings): Opening[] {
  const widest = { ipv4: settings.widestPrefix, ipv6: settings.widestPrefixIpv6 };
  const sources = (some: readonly Ingress[]): AddressRange[] =>
    some.flatMap(({ ranges, doubts }) => (doubts.length > 0 ? [...ranges, EVERYWHERE] : ranges));
  if (!isTheWorld(sources(elements), widest)) return [];
  return EVERYTHING.flatMap(({ protocol }) => {
    const slots = elements.flatMap((by) =>
      by.traffic.filter((traffic) => traffic.protocol === protocol).map((traffic) => ({ by, traffic })),
    );
    const starts = new Set(slots.flatMap(({ traffic }) => [traffic.from, traffic.to + 1]));
    const cuts = [...starts].sort((a, b) => a - b);
    for (const [index, from] of cuts.slice(0, -1).entries()) {
      const traffic = { protocol, from, to: cuts[index + 1]! - 1 };
      if (mayReach(traffic, settings)) continue;
      const by = slots.filter((slot) => slot.traffic.from <= from && slot.traffic.to >= traffic.to);
      const elementsHere = by.map((slot) => slot.by);
      if (isTheWorld(sources(elementsHere), widest)) return [{ traffic, by: elementsHere }];
    }
    return [];
  });
}

/**
 * ICMP messages without which connections hang (destination unreachable, and the similar ones of ICMPv6), and those
 * that only show whether a host exists: echo and echo reply.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc4890#section-4.3.1,
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html#path_mtu_discovery
 */
const ICMP_TYPES = { icmp: [0, 3, 8], icmpv6: [1, 2, 3, 4, 128, 129] } as const;

function mayReach({ protocol, from, to }: Traffic, settings: IngressSettings): boolean {
  if (protocol === "other") return false;
  const { worldPorts: tcp, worldUdpPorts: udp } = settings;
  const allowed: readonly number[] = { tcp, udp, ...ICMP_TYPES }[protocol];
  return new Set(allowed.filter((port) => port >= from && port <= to)).size === to - from + 1;
}

function portsSetting(value: readonly number[], description: string): Setting<readonly number[]> {
  return {
    description,
    default: value,
    allowed: "a list of whole numbers from 0 to 65535",
    schema: { type: "array", items: { type: "integer", minimum: 0, maximum: 65535 } },
    parse: (given) =>
      Array.isArray(given) && given.every((port) => Number.isInteger(port) && port >= 0 && port <= 65535)
        ? given
        : undefined,
  };
}
