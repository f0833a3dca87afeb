import { escapeXml } from "../cli/xml";
import { createHash } from "node:crypto";

import { ICONS, LOCK, OPEN_LOCK } from "./icons";
import type { Area, Layout, Point, Route } from "./layout";
import { legendOf } from "./legend";
import type { Box, EdgeKind, Frame, Model, Subnet } from "./model";
import { type Badge, headOf, labelOf, SIZE, TEXT_X } from "./sizes";
import { oneLine, widthOf } from "./text";
import { STYLE } from "./theme";
import { explain, explainEdge } from "./words";

/** A drawing as SVG, with the ids of its boxes. */
export interface Svg {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  /** By the ids of boxes, frames and subnets in the model. */
  readonly ids: ReadonlyMap<string, string>;
}

/** The drawing of a stack without AWS resources. */
const EMPTY = { text: "There are no AWS resources to draw.", x: 20, y: 32, width: 260, height: 52 };

/** Between the drawing and its edge. */
const MARGIN = 6;

/** Writes a drawing as a file of its own, or for a page. */
export function toSvg(model: Model, layout: Layout): Svg {
  const ids = idsOf(model);
  const legend = legendOf(model, layout.width);
  const isEmpty = model.boxes.length === 0 && model.frames.length === 0;
  const width = Math.max(layout.width, legend.width, isEmpty ? EMPTY.width : 0);
  const height = layout.height + legend.height + (isEmpty ? EMPTY.height : 0);
  const title = isEmpty ? EMPTY.text : "Architecture";
  const frames = byDepth(model.frames);
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="arch" viewBox="${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}"` +
      ` width="${width + 2 * MARGIN}" height="${height + 2 * MARGIN}" role="group" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    rect({ x: -MARGIN, y: -MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN }, "background", 0),
    ...frames.map(
      ({ id, kind }) =>
        `<g class="frame ${lookLike(kind)}">${rect(layout.areas.get(id) ?? NOWHERE, "area", RADIUS)}</g>`,
    ),
    // Request arrows are drawn above the others.
    ...[...layout.routes]
      .sort((a, b) => ORDER.indexOf(a.edge.kind) - ORDER.indexOf(b.edge.kind))
      .map((route) => arrowOf(route, model, ids)),
    ...frames.map((frame) => frameOf(frame, layout, ids)),
    ...model.boxes.map((box) => boxOf(box, layout, ids)),
    ...layout.routes.map(labelText),
    legend.text(layout.height),
    ...(isEmpty ? [said(EMPTY.x, EMPTY.y, EMPTY.text, "said")] : []),
    "</svg>",
  ].join("\n");
  return { text: `${text}\n`, width: width + 2 * MARGIN, height: height + 2 * MARGIN, ids };
}

const ORDER: readonly EdgeKind[] = [
  "reference",
  "logs",
  "name",
  "event",
  "permission",
  "traffic",
  "tls",
  "clear",
];

/** Ids that are unique in a page: they depend on the drawn resources. */
function idsOf({ boxes, frames }: Model): Map<string, string> {
  const all = [
    ...boxes.map(({ id }) => id),
    ...frames.flatMap(({ id, subnets }) => [id, ...subnets.map((one) => one.id)]),
  ];
  const urns = boxes.flatMap((box) => box.urns);
  const drawing = createHash("sha256")
    .update(JSON.stringify([urns, all]))
    .digest("hex")
    .slice(0, 8);
  return new Map(all.map((id, index) => [id, `box-${drawing}-${index}`]));
}

/** Frames after their enclosing frames. */
function byDepth(frames: readonly Frame[]): Frame[] {
  const parents = new Map(frames.map(({ id, parent }) => [id, parent]));
  const depth = (id: string | undefined): number => (id === undefined ? 0 : 1 + depth(parents.get(id)));
  return [...frames].sort((a, b) => depth(a.id) - depth(b.id));
}

/** A selectable group with its resources. */
function group(
  one: Box | Frame | Subnet,
  classes: string,
  ids: Svg["ids"],
  inner: readonly string[],
): string {
  const change = one.change === undefined ? "" : ` change-${one.change}`;
  const urns = one.urns.length === 0 ? "" : ` data-urns="${escapeXml(JSON.stringify(one.urns))}"`;
  return [
    `<g class="${classes}${change}" id="${ids.get(one.id) ?? ""}"${urns} tabindex="0" role="img">`,
    `<title>${escapeXml(explain(one))}</title>`,
    ...inner,
    "</g>",
  ].join("");
}

function lookLike(kind: Frame["kind"]): string {
  return kind === "subnets" ? "isolated" : kind;
}

/** The radius of a frame's corners. */
const RADIUS = 9;

/** A frame's head, drawn above the arrows that cross it. */
function frameOf(frame: Frame, { areas }: Layout, ids: Svg["ids"]): string {
  const area = areas.get(frame.id) ?? NOWHERE;
  const head = headOf(frame);
  let x = area.x + 14;
  const subnets = head.subnets.map(({ subnet, text, width }) => {
    const place = { x, y: area.y + 32, width, height: 20 };
    x += width + 6;
    return group(subnet, "subnet", ids, [
      rect(place, "shape", 4),
      said(place.x + width / 2, place.y + 14, text, ""),
    ]);
  });
  const titleWidth =
    widthOf(head.label, SIZE.title, "bold") + (head.detail === "" ? 0 : 10 + widthOf(head.detail, SIZE.text));
  const signs = area.x + 22 + titleWidth;
  const more = head.more > 0 ? [said(x, area.y + 46, `+ ${head.more} more`, "said")] : [];
  const shape = [
    rect(area, "shape", RADIUS),
    said(area.x + 14, area.y + 21, head.label, "title"),
    ...(head.detail === ""
      ? []
      : [said(area.x + 24 + widthOf(head.label, SIZE.title, "bold"), area.y + 21, head.detail, "said")]),
  ];
  return group(frame, `frame ${lookLike(frame.kind)}`, ids, [
    ...shape,
    ...rowOf(head.badges, signs, area.y + 9),
    ...subnets,
    ...more,
  ]);
}

function boxOf(box: Box, { areas, looks }: Layout, ids: Svg["ids"]): string {
  const area = areas.get(box.id) ?? NOWHERE;
  const look = looks.get(box.id);
  const { x, y } = area;
  // A single line is vertically centred beside the icon.
  const first = (look?.lines.length ?? 0) + (look?.chips.length ?? 0) === 1 ? 15.5 : 11.5;
  const lines = (look?.lines ?? []).map(({ text, role }, index) =>
    said(x + TEXT_X, y + SIZE.padding + first + index * SIZE.row, text, role),
  );
  let chipX = x + TEXT_X;
  const chipY = y + SIZE.padding + lines.length * SIZE.row + 3;
  const chips = (look?.chips ?? []).map(({ text, width }) => {
    const place = { x: chipX, y: chipY, width, height: SIZE.chip };
    chipX += width + 4;
    return `<g class="chip">${rect(place, "", 3)}${said(place.x + width / 2, chipY + 11, text, "")}</g>`;
  });
  const badges = rowOf(look?.badges ?? [], x + TEXT_X, chipY + (chips.length > 0 ? SIZE.chip + 5 : 0));
  const icon =
    `<g class="icon" transform="translate(${round(x + SIZE.padding)} ${round(y + SIZE.padding)})">` +
    `<rect width="${SIZE.icon}" height="${SIZE.icon}" rx="5"/><path d="${ICONS[box.kind.icon]}"/></g>`;
  const outside = box.frame === undefined ? " outside" : "";
  return group(box, `box ${box.kind.category}${outside}`, ids, [
    rect(area, "shape", 7),
    icon,
    ...lines,
    ...chips,
    ...badges,
  ]);
}

/** Badges in a row. */
function rowOf(badges: readonly Badge[], left: number, top: number): string[] {
  let x = left;
  return badges.map(({ name, text, width }) => {
    const place = { x, y: top, width, height: SIZE.badge };
    x += width + 4;
    return `<g class="badge ${name}">${rect(place, "", 8)}${said(place.x + width / 2, top + 11.5, text, "")}</g>`;
  });
}

function arrowOf({ edge, points }: Route, model: Model, ids: Svg["ids"]): string {
  if (points.length < 2) return "";
  const [end, former] = [points.at(-1) as Point, points.at(-2) as Point];
  const [dx, dy] = [Math.sign(end.x - former.x), Math.sign(end.y - former.y)];
  const base = { x: end.x - dx * HEAD, y: end.y - dy * HEAD };
  const half = HEAD / 2;
  const head = [
    end,
    { x: base.x + dy * half, y: base.y + dx * half },
    { x: base.x - dy * half, y: base.y - dx * half },
  ];
  const line = roundedPath([...points.slice(0, -1), base]);
  return [
    `<g class="arrow ${edge.kind}" data-from="${ids.get(edge.from) ?? ""}" data-to="${ids.get(edge.to) ?? ""}"><title>${escapeXml(explainEdge(edge, model))}</title>`,
    `<path class="line" d="${line}"/>`,
    `<polygon class="head" points="${head.map((point) => `${round(point.x)},${round(point.y)}`).join(" ")}"/></g>`,
  ].join("");
}

/** The length of an arrow's head. */
const HEAD = 8;
/** The radius of an arrow's bends. */
const BEND = 7;

function roundedPath(points: readonly Point[]): string {
  const steps = points.slice(1, -1).map((point, index) => {
    const [before, after] = [points[index] as Point, points[index + 2] as Point];
    const near = towards(point, before);
    const far = towards(point, after);
    return `L${round(near.x)} ${round(near.y)}Q${round(point.x)} ${round(point.y)} ${round(far.x)} ${round(far.y)}`;
  });
  const [first, last] = [points[0] as Point, points.at(-1) as Point];
  return `M${round(first.x)} ${round(first.y)}${steps.join("")}L${round(last.x)} ${round(last.y)}`;
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(BEND, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function labelText({ edge, label }: Route): string {
  const look = labelOf(edge);
  if (look === undefined || label === undefined) return "";
  const lock = edge.kind === "tls" ? LOCK : edge.kind === "clear" ? OPEN_LOCK : undefined;
  const icon =
    lock === undefined
      ? ""
      : `<path class="lock" transform="translate(${round(label.x + 5)} ${round(label.y + 3)})" d="${lock}"/>`;
  const x = label.x + (lock === undefined ? 6 : 19);
  return `<g class="arrow ${edge.kind}" aria-hidden="true"><g class="label">${rect(label, "", 9)}${icon}${said(x, label.y + 13, look.text, "")}</g></g>`;
}

function rect({ x, y, width, height }: Area, name: string, radius: number): string {
  const classes = name === "" ? "" : ` class="${name}"`;
  return `<rect${classes} x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;
}

function said(x: number, y: number, text: string, name: string): string {
  const classes = name === "" ? "" : ` class="${name}"`;
  return `<text${classes} x="${round(x)}" y="${round(y)}">${escapeXml(oneLine(text))}</text>`;
}

function round(pixels: number): string {
  return String(Math.round(pixels * 10) / 10);
}

const NOWHERE: Area = { x: 0, y: 0, width: 0, height: 0 };
