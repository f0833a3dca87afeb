import ELK, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk.bundled.js";

import type { Box, Edge, Frame, Model } from "./model";
import { type BoxLook, FRAME_PADDING, headOf, labelOf, lookOf } from "./sizes";

/** A rectangle, relative to the drawing's upper left corner. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point of an arrow. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The positions of everything. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** By the ids of boxes and frames. */
  readonly areas: ReadonlyMap<string, Area>;
  readonly looks: ReadonlyMap<string, BoxLook>;
  readonly routes: readonly Route[];
}

/** The path of an arrow. */
export interface Route {
  readonly edge: Edge;
  readonly points: readonly Point[];
  readonly label: Area | undefined;
}

/** Around the drawing. */
const PADDING = 20;

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.padding": `[top=${PADDING},left=${PADDING},bottom=${PADDING},right=${PADDING}]`,
  "elk.spacing.nodeNode": "26",
  "elk.spacing.edgeNode": "16",
  "elk.spacing.edgeEdge": "12",
  "elk.spacing.edgeLabel": "4",
  "elk.layered.spacing.nodeNodeBetweenLayers": "22",
  "elk.layered.spacing.edgeNodeBetweenLayers": "10",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "9",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",

  "elk.layered.thoroughness": "7",
  "elk.randomSeed": "1",
};

/** Places boxes and frames, and routes the arrows between them. */
export async function layOut(model: Model): Promise<Layout> {
  const looks = new Map(model.boxes.map((box) => [box.id, lookOf(box)]));
  const areas = new Map<string, Area>();
  const routes: Route[] = [];
  let [x, y, width, height, column] = [0, 0, 0, 0, 0];
  for (const [index, part] of connectedParts(model).entries()) {
    const laid = await layOutPart(part, looks);
    // Parts without a link to the largest part are placed beside it, from the top down.
    if (index === 1 || (y > 0 && y + laid.height > height)) [x, y, column] = [width, 0, 0];
    for (const [id, area] of laid.areas) areas.set(id, { ...area, x: area.x + x, y: area.y + y });
    routes.push(...laid.routes.map((route) => moved(route, x, y)));
    [width, height] = [Math.max(width, x + laid.width), Math.max(height, y + laid.height)];
    column = Math.max(column, laid.width);
    y += laid.height - PADDING;
  }
  return { width: Math.ceil(width), height: Math.ceil(height), areas, looks, routes };
}

function moved({ edge, points, label }: Route, x: number, y: number): Route {
  const move = <Place extends Point>(place: Place): Place => ({ ...place, x: place.x + x, y: place.y + y });
  return { edge, points: points.map(move), label: label && move(label) };
}

/** The parts of a drawing without links to each other, the largest first; an outermost frame stays in one part. */
function connectedParts({ boxes, frames, edges }: Model): Part[] {
  const parents = new Map([
    ...frames.map(({ id, parent }) => [id, parent] as const),
    ...boxes.map(({ id, frame }) => [id, frame] as const),
  ]);
  const outermost = (id: string): string => {
    const parent = parents.get(id);
    return parent === undefined ? id : outermost(parent);
  };
  const leads = new Map<string, string>();
  const leadOf = (id: string): string => {
    const next = leads.get(id) ?? id;
    return next === id ? id : leadOf(next);
  };
  for (const { from, to } of edges) leads.set(leadOf(outermost(from)), leadOf(outermost(to)));
  const parts = new Map<string, { boxes: Box[]; frames: Frame[]; edges: Edge[] }>();
  const partOf = (id: string) => {
    const lead = leadOf(outermost(id));
    const part = parts.get(lead) ?? { boxes: [], frames: [], edges: [] };
    parts.set(lead, part);
    return part;
  };
  for (const box of boxes) partOf(box.id).boxes.push(box);
  for (const frame of frames) partOf(frame.id).frames.push(frame);
  for (const edge of edges) partOf(edge.from).edges.push(edge);
  return [...parts.values()].sort((a, b) => b.boxes.length - a.boxes.length);
}

type Part = Pick<Model, "boxes" | "edges" | "frames">;

async function layOutPart(part: Part, looks: ReadonlyMap<string, BoxLook>): Promise<Omit<Layout, "looks">> {
  const shelves = new Map<string, Shelf>();
  const linked = new Set(part.edges.flatMap(({ from, to }) => [from, to]));
  const childrenOf = (frame: string | undefined): ElkNode[] => {
    const boxes = part.boxes.filter((box) => box.frame === frame);
    const shelf = shelfOf(
      boxes.filter(({ id }) => !linked.has(id)).map(({ id }) => [id, looks.get(id) ?? NOTHING]),
    );
    const id = `shelf:${frame ?? ""}`;
    shelves.set(id, shelf);
    return [
      ...boxes
        .filter((box) => linked.has(box.id))
        .map((box) => ({ id: box.id, ...sizeOf(looks.get(box.id)) })),
      ...part.frames
        .filter(({ parent }) => parent === frame)
        .map((inner) => nodeOf(inner, childrenOf(inner.id))),
      ...(shelf.places.size > 0 ? [{ id, width: shelf.width, height: shelf.height }] : []),
    ];
  };
  const edges = part.edges.map((edge, index): ElkExtendedEdge => {
    const label = labelOf(edge);
    const priority = STRAIGHT.has(edge.kind) ? "10" : "1";
    return {
      id: String(index),
      sources: [edge.from],
      targets: [edge.to],
      ...(label === undefined
        ? {}
        : { labels: [{ ...label, layoutOptions: { "elk.edgeLabels.inline": "true" } }] }),
      layoutOptions: {
        "elk.layered.priority.straightness": priority,
        "elk.layered.priority.direction": priority,
      },
    };
  });
  const root: ElkNode = await new ELK().layout({
    id: "root",
    layoutOptions: OPTIONS,
    children: childrenOf(undefined),
    edges,
  });
  const areas = new Map<string, Area>();
  const visit = (node: ElkNode): void => {
    const area = areaOf(node);
    areas.set(node.id, area);
    for (const [id, place] of shelves.get(node.id)?.places ?? [])
      areas.set(id, { ...place, x: area.x + place.x, y: area.y + place.y });
    node.children?.forEach(visit);
  };
  root.children?.forEach(visit);
  const routes = (root.edges ?? []).map((laid): Route => {
    const [section] = laid.sections ?? [];
    const points =
      section === undefined ? [] : [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
    const [label] = laid.labels ?? [];
    return {
      edge: part.edges[Number(laid.id)] as Edge,
      points: upright(points),
      label: label && areaOf(label),
    };
  });
  return { width: Math.ceil(root.width ?? 0), height: Math.ceil(root.height ?? 0), areas, routes };
}

/**
 * A path of horizontal and vertical lines only: ELK leaves a slanted line where an arrow leaves a frame slightly off
 * its entry.
 */
function upright(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (before === undefined || before.x === point.x || before.y === point.y) return [point];
    const middle = (before.y + point.y) / 2;
    return [{ x: before.x, y: middle }, { x: point.x, y: middle }, point];
  });
}

const STRAIGHT = new Set(["tls", "clear", "traffic"]);

function nodeOf(frame: Frame, children: ElkNode[]): ElkNode {
  const head = headOf(frame);
  const size = { width: head.width, height: head.height + 8 };
  if (children.length === 0) return { id: frame.id, ...size };
  return {
    id: frame.id,
    children,
    layoutOptions: {
      "elk.padding": `[top=${head.height + 10},left=${FRAME_PADDING},bottom=${FRAME_PADDING},right=${FRAME_PADDING}]`,
      "elk.nodeSize.constraints": "[MINIMUM_SIZE]",
      // ELK rotates vertical layouts before it reads this: the height comes first.
      "elk.nodeSize.minimum": `(${size.height},${head.width})`,
    },
  };
}

/** Boxes without links, in rows. */
interface Shelf {
  readonly width: number;
  readonly height: number;
  /** From the shelf's own upper left corner. */
  readonly places: ReadonlyMap<string, Area>;
}

const GAP = 16;

function shelfOf(boxes: readonly (readonly [id: string, look: BoxLook])[]): Shelf {
  const columns = boxes.length <= 2 ? boxes.length : Math.ceil(Math.sqrt(boxes.length * 1.2));
  const places = new Map<string, Area>();
  const column = Math.max(0, ...boxes.map(([, { width }]) => width));
  let y = 0;
  for (let first = 0; first < boxes.length; first += columns) {
    const row = boxes.slice(first, first + columns);
    const height = Math.max(...row.map(([, look]) => look.height));
    row.forEach(([id], index) => places.set(id, { x: index * (column + GAP), y, width: column, height }));
    y += height + GAP;
  }
  return { width: columns * (column + GAP) - GAP, height: y - GAP, places };
}

function sizeOf(look: BoxLook = NOTHING): Pick<Area, "height" | "width"> {
  return { width: look.width, height: look.height };
}

const NOTHING: BoxLook = { width: 0, height: 0, lines: [], chips: [], badges: [] };

function areaOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Area>): Area {
  return { x, y, width, height };
}
