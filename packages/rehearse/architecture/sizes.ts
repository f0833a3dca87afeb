import type { Finding } from "../engine/diagnostics";
import type { Box, Change, Edge, EdgeKind, Frame, Subnet } from "./model";
import { fit, oneLine, widthOf } from "./text";

/** Sizes, in pixels. */
export const SIZE = {
  title: 12.5,
  text: 11,
  row: 15,
  /** Between a rectangle's border and its content. */
  padding: 10,
  icon: 22,
  chip: 15,
  badge: 16,
  least: 132,
  most: 250,
} as const;

/** The left edge of the texts in a box. */
export const TEXT_X = SIZE.padding + SIZE.icon + 9;

/** A line of text in the drawing. */
export interface Line {
  readonly text: string;
  readonly role: "title" | "name" | "detail";
}

/** The appearance of a box. */
export interface BoxLook {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  readonly badges: readonly Badge[];
  /** The zones, abbreviated where the Region's name allows it. */
  readonly chips: readonly { readonly text: string; readonly width: number }[];
}

/** A badge for a change or for findings. */
export interface Badge {
  readonly name: Change | Finding["level"];
  readonly text: string;
  readonly width: number;
}

const SIGNS: Readonly<Record<Change, string>> = {
  create: "+ new",
  update: "~ changed",
  replace: "± replaced",
  delete: "− gone",
};

/** The badges of a box or a frame. */
function badgesOf({ change, mandatory, advisory }: Pick<Box, "advisory" | "change" | "mandatory">): Badge[] {
  const badge = (name: Badge["name"], text: string): Badge => ({
    name,
    text,
    width: widthOf(text, 10, "bold") + 10,
  });
  return [
    ...(change === undefined ? [] : [badge(change, SIGNS[change])]),
    ...(mandatory === 0 ? [] : [badge("mandatory", `✗ ${mandatory}`)]),
    ...(advisory === 0 ? [] : [badge("advisory", `! ${advisory}`)]),
  ];
}

/** The appearance of a box, and its size. */
export function lookOf(box: Box): BoxLook {
  const { label, name, lines, zones } = box;
  const badges = badgesOf(box);
  const room = SIZE.most - TEXT_X - SIZE.padding;
  const title = fit(oneLine(label), room, SIZE.title, "bold");
  const rest = [
    { text: name, role: "name" as const },
    ...lines.map((text) => ({ text, role: "detail" as const })),
  ]
    .map(({ text, role }) => ({ text: fit(oneLine(text), room, SIZE.text), role }))
    .filter(({ text }) => text !== "");
  const chips = zones.slice(0, MOST_CHIPS).map((zone) => chipOf(shortZone(zone)));
  const widths = [
    widthOf(title, SIZE.title, "bold"),
    ...rest.map(({ text }) => widthOf(text, SIZE.text)),
    chips.reduce((sum, { width }) => sum + width + 4, -4),
    badges.reduce((sum, { width }) => sum + width + 4, -4),
  ];
  const rows = 1 + rest.length;
  const height =
    2 * SIZE.padding +
    rows * SIZE.row +
    (chips.length > 0 ? SIZE.chip + 5 : 0) +
    (badges.length > 0 ? SIZE.badge + 5 : 0);
  return {
    width: Math.min(SIZE.most, Math.max(SIZE.least, TEXT_X + Math.max(...widths) + SIZE.padding)),
    height: Math.max(height, 2 * SIZE.padding + SIZE.icon),
    lines: [{ text: title, role: "title" }, ...rest],
    chips,
    badges,
  };
}

const MOST_CHIPS = 6;

/** The letter that distinguishes a zone from the others of its Region. */
function shortZone(zone: string): string {
  return /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/.test(zone) ? zone.slice(-1) : zone;
}

function chipOf(zone: string): { text: string; width: number } {
  const text = fit(oneLine(zone), 60, SIZE.text - 1);
  return { text, width: Math.max(16, widthOf(text, SIZE.text - 1) + 8) };
}

/** A subnet in the head of its frame. */
export interface SubnetLook {
  readonly subnet: Subnet;
  readonly text: string;
  readonly width: number;
}

/** The appearance of a frame's head, and its size. */
export interface FrameLook {
  readonly label: string;
  readonly detail: string;
  readonly subnets: readonly SubnetLook[];
  /** The number of subnets that aren't shown individually. */
  readonly more: number;
  /** After the texts. */
  readonly badges: readonly Badge[];
  readonly width: number;
  readonly height: number;
}

const MOST_SUBNETS = 6;

/** Computes the appearance of a frame's head. */
export function headOf(frame: Frame): FrameLook {
  const { label, detail, subnets } = frame;
  const badges = badgesOf(frame);
  const shown = subnets.slice(0, subnets.length > MOST_SUBNETS ? MOST_SUBNETS - 1 : MOST_SUBNETS);
  const looks = shown.map((subnet): SubnetLook => {
    const signs = badgesOf(subnet).map(({ text }) => text.replace(/ \w+$/, ""));
    const text = [fit(oneLine(subnet.label), 170, SIZE.text - 0.5), ...signs].join(" ");
    return { subnet, text, width: widthOf(text, SIZE.text - 0.5) + 14 };
  });
  const title = fit(oneLine(label), 320, SIZE.title, "bold");
  const said = fit(oneLine(detail), 320, SIZE.text);
  const head =
    widthOf(title, SIZE.title, "bold") +
    (said === "" ? 0 : 10 + widthOf(said, SIZE.text)) +
    badges.reduce((sum, { width }) => sum + width + 6, 0);
  const row = looks.reduce((sum, { width }) => sum + width + 6, 0) + (shown.length < subnets.length ? 70 : 0);
  return {
    label: title,
    detail: said,
    subnets: looks,
    more: subnets.length - shown.length,
    badges,
    width: Math.max(head, row) + 2 * FRAME_PADDING,
    height: 32 + (looks.length > 0 ? 26 : 0),
  };
}

/** Between a frame's border and its content. */
export const FRAME_PADDING = 16;

/** The appearance of an arrow's label; none for an empty label. */
export interface LabelLook {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** The kinds of arrows with a visible label: for the others, the boxes at their ends are enough. */
const LABELLED = new Set<EdgeKind>(["tls", "clear", "traffic", "permission"]);

/** Computes the appearance of an arrow's label: that of requests begins with a lock. */
export function labelOf({ labels, kind }: Edge): LabelLook | undefined {
  if (!LABELLED.has(kind)) return undefined;
  const text = fit(oneLine(labels.join(", ")), 170, SIZE.text - 0.5);
  if (text === "") return undefined;
  const lock = kind === "tls" || kind === "clear" ? 13 : 0;
  return { text, width: widthOf(text, SIZE.text - 0.5) + 12 + lock, height: 18 };
}
