import type { Resource } from "../engine/resource";
import { type Marks, type Places, placesOf } from "./boxes";
import { Edges } from "./edges";
import { folded } from "./fold";
import { drawableGraph } from "./graph";
import type { Kind } from "./kinds";
import { addLinks, addReferences } from "./links";
import type { Box, Model } from "./model";
import { Network } from "./network";
import { Ownership } from "./ownership";
import { type Admission, isWorld, Permissions, portsOf } from "./permissions";
import { INTERNET, type Scene } from "./scene";
import { addTraffic } from "./traffic";

/** Builds the model of a stack's resources. */
export function modelOf(resources: readonly Resource[], marks: Marks): Model {
  const graph = drawableGraph(resources);
  const ownership = new Ownership(graph);
  const network = new Network(graph);
  network.nameVpcs();
  const places = placesOf(graph, ownership, network, marks);
  const outside = new Map<string, Box>();
  const edges = new Edges();
  const byUrn = new Map(graph.resources.map((resource) => [resource.urn, resource]));
  const permissions = new Permissions(graph);
  const frames = new Set(places.frames.map(({ id }) => id));
  const membersOf = new Map(places.boxes.map(({ id, urns }) => [id, urns]));
  const standing = (urn: string): string | undefined => places.standing.get(urn);
  const sourcesOf = (admission: Admission, target: string): string[] => [
    ...admission.groups
      .flatMap((group) => permissions.membersOf(group))
      .flatMap((urn) => standing(urn) ?? []),
    ...admission.ranges.flatMap((range) => sourceOf(range, target, places, outside) ?? []),
  ];
  const scene: Scene = {
    graph,
    edges,
    standing,
    sourcesOf,
    isAround: (id) => frames.has(id),
    resourceOf: (urn) => byUrn.get(urn),
    admissionsOf: ({ urn }) => permissions.of(membersOf.get(standing(urn) ?? "") ?? [urn]),
  };
  addTraffic(scene);
  addPermissions(places, permissions, scene);
  addLinks(scene);
  addReferences(scene);
  if (edges.all.some(({ from, to }) => from === INTERNET || to === INTERNET))
    outside.set(INTERNET, outsider(INTERNET, "Internet"));
  return folded({
    boxes: [...outside.values(), ...places.boxes],
    frames: places.frames,
    edges: edges.all.filter(({ from, to }) => !isAround(from, to, places) && !isAround(to, from, places)),
  });
}

/** Whether a frame is around a box or another frame. */
function isAround(frame: string, inner: string, { boxes, frames }: Places): boolean {
  const parents = new Map(frames.map(({ id, parent }) => [id, parent]));
  let outer = boxes.find(({ id }) => id === inner)?.frame ?? parents.get(inner);
  while (outer !== undefined && outer !== frame) outer = parents.get(outer);
  return outer !== undefined;
}

/** Adds the traffic that security groups permit, besides the traffic that is already drawn. */
function addPermissions({ boxes, frames }: Places, permissions: Permissions, scene: Scene): void {
  const kinds = new Map(frames.map(({ id, kind }) => [id, kind]));
  for (const { id, urns, frame, kind } of boxes) {
    if (kind.icon === "balancer") continue;
    const isHidden = ["private", "isolated"].includes(kinds.get(frame ?? "") ?? "");
    const bySource = new Map<string, Admission[]>();
    for (const admission of permissions.of(urns) ?? [])
      for (const from of scene.sourcesOf(admission, id))
        bySource.set(from, [...(bySource.get(from) ?? []), admission]);
    for (const [from, admissions] of bySource) {
      if (from === INTERNET && isHidden) continue;
      const drawn = scene.edges.portsOf(from, id);
      const open = admissions.filter((one) => one.from !== one.to || !drawn.has(one.from));
      const link = { from, to: id, kind: "permission" } as const;
      for (const label of portsOf(open.filter((one) => one.isOneOfSeveral !== true)))
        scene.edges.add({ ...link, label, detail: `A security group permits ${label}` });
      const perhaps = portsOf(open.filter((one) => one.isOneOfSeveral === true)).join(" or ");
      if (perhaps !== "")
        scene.edges.add({
          ...link,
          label: perhaps,
          detail: `A security group permits ${perhaps}: the groups of each of its rules are only known after deployment`,
        });
    }
  }
}

/** The id of the source that an address range stands for; undefined for the target's own VPC. */
function sourceOf(
  range: string,
  target: string,
  { boxes, frames }: Places,
  outside: Map<string, Box>,
): string | undefined {
  if (isWorld(range)) return INTERNET;
  const frame = boxes.find(({ id }) => id === target)?.frame;
  const vpcs = frames.filter(({ kind, detail }) => kind === "vpc" && detail === range);
  if (vpcs.some(({ id }) => frame?.startsWith(id))) return undefined;
  if (vpcs[0] !== undefined) return vpcs[0].id;
  const isList = range.startsWith("pl-");
  const id = `range:${range}`;
  outside.set(id, outsider(id, isList ? "Prefix list" : "Addresses", range));
  return id;
}

function outsider(id: string, label: string, name = ""): Box {
  const kind: Kind = { label, icon: id === INTERNET ? "people" : "gateway", category: "other", role: "box" };
  const none = { urns: [], lines: [], zones: [], mandatory: 0, advisory: 0, change: undefined };
  return { id, kind, what: label, count: 1, label, name, frame: undefined, ...none };
}
