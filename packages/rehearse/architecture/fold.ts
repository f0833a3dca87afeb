import { namesIn, severalOf } from "./boxes";
import { plural } from "./details";
import { Edges } from "./edges";
import type { Box, Frame, Model } from "./model";

/** The most boxes of a kind with the same links that are drawn separately. */
const MOST_ALIKE = 3;
/** The most boxes in total, before boxes of a kind are merged whatever their links. */
const MOST_BOXES = 50;
/** The most frames of a kind within another. */
const MOST_FRAMES = 4;

/** Merges boxes and frames, so that the drawing of a large stack stays readable. */
export function folded(model: Model): Model {
  const alike = fold(model, MOST_ALIKE, ({ what, frame, change }, links) => [what, frame, change, ...links]);
  if (alike.boxes.length <= MOST_BOXES) return alike;
  const byFrame = withoutFrames(alike);
  return fold(byFrame, 1, ({ what, frame, change }) => [what, frame, change]);
}

/** @param most - the most boxes with the same key */
function fold(
  model: Model,
  most: number,
  keyOf: (box: Box, links: readonly string[]) => readonly (string | undefined)[],
): Model {
  const links = new Map<string, Set<string>>();
  for (const { from, to, kind, labels } of model.edges) {
    linksOf(links, from).add(JSON.stringify([kind, labels, "to", to]));
    linksOf(links, to).add(JSON.stringify([kind, labels, "from", from]));
  }
  const groups = new Map<string, Box[]>();
  for (const box of model.boxes) {
    const key =
      box.frame === undefined ? box.id : JSON.stringify(keyOf(box, [...linksOf(links, box.id)].sort()));
    groups.set(key, [...(groups.get(key) ?? []), box]);
  }
  const merged = [...groups.values()].filter((boxes) => boxes.length > most);
  return replaced(
    model,
    merged.map((boxes): [Box, readonly string[]] => [mergedOf(boxes), boxes.map(({ id }) => id)]),
  );
}

function linksOf(links: Map<string, Set<string>>, id: string): Set<string> {
  const own = links.get(id) ?? new Set();
  links.set(id, own);
  return own;
}

function mergedOf(boxes: readonly Box[]): Box {
  const [first] = boxes as [Box];
  const count = sum(boxes.map((box) => box.count));
  return {
    ...first,
    id: `several:${first.id}`,
    urns: boxes.flatMap(({ urns }) => urns),
    count,
    label: severalOf(first.what, count),
    name: "",
    lines: namesIn(boxes),
    zones: [...new Set(boxes.flatMap(({ zones }) => zones))].sort(),
    mandatory: sum(boxes.map(({ mandatory }) => mandatory)),
    advisory: sum(boxes.map(({ advisory }) => advisory)),
  };
}

/** Merges the smallest frames into one box, if a frame contains too many of a kind. */
function withoutFrames(model: Model): Model {
  const inner = new Map<string | undefined, Frame[]>();
  for (const frame of model.frames) inner.set(frame.parent, [...(inner.get(frame.parent) ?? []), frame]);
  const framesIn = (frame: Frame): Frame[] => [frame, ...(inner.get(frame.id) ?? []).flatMap(framesIn)];
  const boxesIn = (frame: Frame): Box[] => {
    const ids = new Set<string | undefined>(framesIn(frame).map(({ id }) => id));
    return model.boxes.filter((box) => ids.has(box.frame));
  };
  const gone = new Set<string>();
  const made: [Box, readonly string[]][] = [];
  for (const kind of ["region", "vpc"] as const)
    for (const [parent, frames] of inner) {
      const sized = frames
        .filter((frame) => frame.kind === kind && !gone.has(frame.id))
        .map((frame) => ({ frame, size: boxesIn(frame).length }))
        .sort((a, b) => b.size - a.size);
      const rest = sized.slice(MOST_FRAMES).map(({ frame }) => frame);
      const [first] = rest;
      if (first === undefined || (parent !== undefined && gone.has(parent))) continue;
      const all = rest.flatMap(framesIn);
      const boxes = rest.flatMap(boxesIn);
      for (const { id } of all) gone.add(id);
      const what = kind === "vpc" ? "more VPC" : "more Region";
      const icon = kind === "vpc" ? "gateway" : "globe";
      const urns = [
        ...all.flatMap((one) => [...one.urns, ...one.subnets.flatMap((subnet) => subnet.urns)]),
        ...boxes.flatMap((box) => box.urns),
      ];
      made.push([
        {
          id: `more:${first.id}`,
          urns,
          what,
          count: rest.length,
          label: severalOf(what, rest.length),
          name: "",
          kind: { label: what, icon, category: "network", role: "box" },
          lines: [`with ${urns.length} ${plural(urns.length, "resource")}`],
          zones: [],
          frame: parent,
          change: undefined,
          mandatory: sum([...all, ...boxes].map(({ mandatory }) => mandatory)),
          advisory: sum([...all, ...boxes].map(({ advisory }) => advisory)),
        },
        [...boxes.map(({ id }) => id), ...all.map(({ id }) => id)],
      ]);
    }
  return replaced({ ...model, frames: model.frames.filter(({ id }) => !gone.has(id)) }, made);
}

/** Replaces boxes of a model with others, which take over their arrows. */
function replaced(model: Model, made: readonly (readonly [Box, readonly string[]])[]): Model {
  const stands = new Map(made.flatMap(([box, ids]) => ids.map((id) => [id, box] as const)));
  const edges = new Edges();
  for (const { from, to, kind, labels, details } of model.edges) {
    const ends = { from: stands.get(from)?.id ?? from, to: stands.get(to)?.id ?? to };
    edges.add({ ...ends, kind, label: "", detail: "" });
    for (const label of labels) edges.add({ ...ends, kind, label, detail: "" });
    for (const detail of details) edges.add({ ...ends, kind, label: "", detail });
  }
  const placed = new Set<string>();
  const boxes = model.boxes.flatMap((box) => {
    const other = stands.get(box.id);
    if (other === undefined) return [box];
    if (placed.has(other.id)) return [];
    placed.add(other.id);
    return [other];
  });
  // The list has nothing of frames without any box.
  const rest = made.map(([box]) => box).filter(({ id }) => !placed.has(id));
  return { ...model, boxes: [...boxes, ...rest], edges: edges.all };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
