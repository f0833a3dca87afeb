import { type Graph, shortType, textOf } from "../cost/graph";
import type { Finding } from "../engine/diagnostics";
import type { Resource } from "../engine/resource";
import { isProviderType, packageOf, ROOT_TYPE } from "../engine/urn";
import { detailsOf, plural } from "./details";
import { componentKind, type Kind, kindOf } from "./kinds";
import type { Box, Change, Frame, Subnet } from "./model";
import { isFrame, type Network, reachFrame } from "./network";
import type { Ownership } from "./ownership";

/** Findings and changes of resources. */
export interface Marks {
  readonly findings: readonly Finding[];
  readonly changes: ReadonlyMap<string, Change>;
}

/** Boxes and frames, and the one that represents each resource. */
export interface Places {
  readonly boxes: readonly Box[];
  readonly frames: readonly Frame[];
  /** The id of a box or a frame, by URN. */
  readonly standing: ReadonlyMap<string, string>;
}

const GLOBAL_FRAME = "global";

/** Providers whose resources are values, commands or files rather than running infrastructure. */
const UTILITIES = new Set([
  "archive",
  "command",
  "docker",
  "docker-build",
  "null",
  "pulumi",
  "pulumi-nodejs",
  "pulumi-python",
  "random",
  "std",
  "synced-folder",
  "time",
  "tls",
]);

const FRAME_LABELS: Readonly<Record<Frame["kind"], string>> = {
  global: "AWS global services",
  region: "Region",
  vpc: "VPC",
  public: "Public subnets",
  private: "Private subnets",
  isolated: "Isolated subnets",
  subnets: "Subnets",
};

const FRAME_DETAILS: Partial<Record<Frame["kind"], string>> = {
  public: "a route to and from the Internet",
  private: "out through NAT, nothing comes in",
  isolated: "no route to the Internet",
};

/** Assigns every resource to a box or a frame. */
export function placesOf(graph: Graph, ownership: Ownership, network: Network, marks: Marks): Places {
  const members = new Map<string, Resource[]>();
  const others = new Map<string, Resource[]>();
  const parents = new Set(graph.resources.map(({ parent }) => parent));
  for (const resource of graph.resources) {
    const owner = ownership.ownerOf(resource);
    if (owner !== undefined) push(members, owner.urn, resource);
    else if (isRemoteComponent(resource, parents)) push(members, resource.urn, resource);
    else if (resource.custom && !isProviderType(resource.type) && resource.type !== ROOT_TYPE) {
      const name = packageOf(resource.type);
      if (!UTILITIES.has(name) && !/^aws(-native)?$/.test(name)) push(others, name, resource);
    }
  }
  const byUrn = new Map(graph.resources.map((resource) => [resource.urn, resource]));
  const groups = groupsOf(members, byUrn, network);
  const standing = new Map<string, string>();
  const boxes = [...groups, ...[...others].map(([name, resources]) => otherProvider(name, resources))].map(
    (group): Box => {
      for (const { urn } of group.members) standing.set(urn, group.id);
      return boxOf(group, graph, marks);
    },
  );
  const frames = framesOf(network, members, boxes, marks);
  for (const frame of frames) {
    for (const urn of frame.urns) standing.set(urn, frame.id);
    for (const subnet of frame.subnets) for (const urn of subnet.urns) standing.set(urn, frame.id);
  }
  return { boxes, frames, standing };
}

/** Resources in one box. */
interface Group {
  readonly id: string;
  readonly kind: Kind;
  readonly mains: readonly Resource[];
  readonly members: readonly Resource[];
  readonly zones: readonly string[];
  readonly frame: string | undefined;
}

function groupsOf(
  members: ReadonlyMap<string, readonly Resource[]>,
  byUrn: ReadonlyMap<string, Resource>,
  network: Network,
): Group[] {
  const groups = new Map<string, Group>();
  for (const [urn, own] of members) {
    const main = byUrn.get(urn);
    if (main === undefined || isFrame(main)) continue;
    const kind = kindOf(main) ?? componentKind(main);
    const place = network.placeOf(main, own);
    const frame = place?.frame ?? (isGlobal(main, kind) ? GLOBAL_FRAME : regionFrame(network.regionOf(main)));
    const id = kind.role === "box" ? urn : `${zoneOfNames(main)}${kind.label}|${frame}`;
    const former = groups.get(id);
    groups.set(id, {
      id,
      kind,
      frame,
      mains: [...(former?.mains ?? []), main],
      members: [...(former?.members ?? []), ...own],
      zones: [...new Set([...(former?.zones ?? []), ...(place?.zones ?? [])])].sort(),
    });
  }
  return withRecords([...groups.values()]);
}

/** Draws records with their zone, if the program declares it. */
function withRecords(groups: readonly Group[]): Group[] {
  const zone = groups.find(({ mains }) => mains.some(({ type }) => shortType(type) === "route53/zone"));
  const records = groups.filter(({ mains }) =>
    mains.every(({ type }) => shortType(type) === "route53/record"),
  );
  if (zone === undefined) return [...groups];
  const all = records.flatMap(({ members }) => members);
  return groups
    .filter((group) => !records.includes(group))
    .map((group) => (group === zone ? { ...group, members: [...group.members, ...all] } : group));
}

function zoneOfNames({ type, inputs }: Resource): string {
  return shortType(type) === "route53/record" ? `${textOf(inputs["zoneId"]) ?? ""}|` : "";
}

function isGlobal({ inputs }: Resource, kind: Kind): boolean {
  return kind.isGlobal === true || textOf(inputs["scope"]) === "CLOUDFRONT";
}

/** The id of a Region's frame. */
function regionFrame(region: string): string {
  return `region:${region}`;
}

function boxOf({ id, kind, mains, members, zones, frame }: Group, graph: Graph, marks: Marks): Box {
  const records = members.filter(({ type }) => shortType(type) === "route53/record");
  const described = records.length > 0 ? records : mains;
  const said = detailsOf(described, kind, graph);
  const isProvider = id.startsWith("provider:");
  const lines = isProvider
    ? [`${mains.length} ${plural(mains.length, "resource")}`]
    : kind.role === "used" && mains.length > 1
      ? namesIn(mains)
      : said.lines;
  const isNamed = records.length > 0 && mains === described;
  const count = records.length > 0 || isProvider ? 1 : mains.length;
  const name = count === 1 && !isProvider ? (mains[0]?.name ?? "") : "";
  return {
    id,
    urns: members.map(({ urn }) => urn),
    kind,
    what: said.label,
    count,
    label: severalOf(said.label, count),
    name: isNamed || (records.length > 0 && kind.role === "many") ? "" : name,
    lines,
    zones,
    frame,
    ...marked(
      members.map(({ urn }) => urn),
      mains.map(({ urn }) => urn),
      marks,
    ),
  };
}

/** The first of several names. */
export function namesIn(named: readonly { readonly name: string }[]): string[] {
  const names = named.map(({ name }) => name).filter((name) => name !== "");
  const more = names.length - MOST_NAMES;
  return more > 1 ? [...names.slice(0, MOST_NAMES), `and ${more} more`] : names;
}

/** The most names of one box. */
const MOST_NAMES = 2;

/** A label for a number of resources: after the number it is lowercased, unless it begins with a proper name. */
export function severalOf(label: string, count: number): string {
  if (count === 1) return label;
  const isCommon =
    /^(Alarm|Certificate|Dashboard|Instance|Key|Launch|Log|Network|Prefix|Security|Target)\b/.test(label);
  const inner = isCommon ? label.charAt(0).toLowerCase() + label.slice(1) : label;
  return `${count} ${plural(count, inner)}`;
}

/**
 * The combined findings and changes of resources. If all of them are new or deleted, so is the box; otherwise it has
 * changed.
 */
function marked(
  urns: readonly string[],
  mains: readonly string[],
  { findings, changes }: Marks,
): Pick<Box, "advisory" | "change" | "mandatory"> {
  const own = new Set(urns);
  const about = findings.filter(({ urn, exemption }) => own.has(urn) && exemption === undefined);
  const kinds = new Set(mains.map((urn) => changes.get(urn)));
  const [kind] = kinds;
  const isTouched = urns.some((urn) => changes.has(urn));
  return {
    mandatory: about.filter(({ level }) => level === "mandatory").length,
    advisory: about.filter(({ level }) => level === "advisory").length,
    change: kinds.size === 1 && kind !== undefined ? kind : isTouched ? "update" : undefined,
  };
}

function framesOf(
  network: Network,
  members: ReadonlyMap<string, readonly Resource[]>,
  boxes: readonly Box[],
  marks: Marks,
): Frame[] {
  const frames: Frame[] = [];
  const add = (frame: Pick<Frame, "id" | "kind"> & Partial<Frame>): void => {
    if (frames.some(({ id }) => id === frame.id)) return;
    const urns = frame.urns ?? [];
    frames.push({
      label: FRAME_LABELS[frame.kind],
      detail: FRAME_DETAILS[frame.kind] ?? "",
      urns,
      subnets: [],
      parent: undefined,
      ...marked(urns, urns.slice(0, 1), marks),
      ...frame,
    });
  };
  if (boxes.some(({ frame }) => frame === GLOBAL_FRAME)) add({ id: GLOBAL_FRAME, kind: "global" });
  const regions = boxes.flatMap(({ frame }) => (frame?.startsWith("region:") === true ? [frame] : []));
  for (const id of [...[...network.vpcs.values()].map(({ region }) => regionFrame(region)), ...regions]) {
    const region = id.slice("region:".length);
    add({ id, kind: "region", label: region === "" ? "Region not set" : `Region ${region}` });
  }
  for (const [id, { resource, region }] of network.vpcs) {
    const cidr = textOf(resource?.inputs["cidrBlock"]) ?? "";
    const urns = (members.get(id) ?? []).map(({ urn }) => urn);
    const named = id.slice("vpc:".length);
    const label = resource === undefined ? NAMED_VPCS[named] : `VPC ${resource.name}`;
    add({ id, kind: "vpc", label: label ?? `VPC ${named}`, detail: cidr, urns, parent: regionFrame(region) });
  }
  for (const { vpc, reach } of network.subnets.values()) {
    const id = reachFrame(vpc, reach);
    const own = [...network.subnets.values()].filter((one) => one.vpc === vpc && one.reach === reach);
    const subnets = own.map(({ key, zone, label }): Subnet => {
      const urns = (members.get(key) ?? []).map(({ urn }) => urn);
      return { id: key, urns, zone, label, ...marked(urns, urns.slice(0, 1), marks) };
    });
    subnets.sort((a, b) => (a.zone < b.zone ? -1 : a.zone > b.zone ? 1 : 0));
    add({ id, kind: reach, parent: vpc, subnets });
  }
  return frames;
}

const NAMED_VPCS: Readonly<Record<string, string>> = { default: "Default VPC", existing: "VPC, existing" };

/** The resources of a provider other than AWS's. */
function otherProvider(name: string, resources: readonly Resource[]): Group {
  const label = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const kind: Kind = { label, icon: "gear", category: "other", role: "box" };
  return { id: `provider:${name}`, kind, mains: resources, members: resources, zones: [], frame: undefined };
}

/** Components of earlier awsx versions that only group others. */
const GROUPING = /:(x:|.*:)?(InternetGateway|NatGateway|SecurityGroup\w*|\w*Rule|Subnet|Vpc)$/;

/** A component whose children only its provider knows. */
function isRemoteComponent({ custom, type, urn }: Resource, parents: ReadonlySet<string>): boolean {
  return (
    !custom && /^(awsx?|aws-[a-z-]+|eks)$/.test(packageOf(type)) && !GROUPING.test(type) && !parents.has(urn)
  );
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const former = map.get(key);
  if (former === undefined) map.set(key, [item]);
  else former.push(item);
}
