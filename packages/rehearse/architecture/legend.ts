import { LOCK, OPEN_LOCK } from "./icons";
import type { EdgeKind, Model } from "./model";
import { escapeXml } from "../cli/xml";
import { widthOf } from "./text";

/** The legend of the drawing's symbols, below it. */
export interface Legend {
  readonly width: number;
  readonly height: number;
  /** @param y - its top */
  readonly text: (y: number) => string;
}

const MEANINGS: readonly (readonly [kind: EdgeKind, meaning: string])[] = [
  ["tls", "requests by TLS"],
  ["clear", "requests in clear text"],
  ["traffic", "requests, unknown or mixed"],
  ["permission", "a security group permits it"],
  ["event", "calls and messages"],
  ["name", "DNS name"],
  ["logs", "logs"],
  ["reference", "refers to, or may use"],
];

const ROW = 24;
const SAMPLE = 34;

/** Explains the symbols that occur in a drawing. */
export function legendOf(model: Model, width: number): Legend {
  const kinds = new Set(model.edges.map(({ kind }) => kind));
  const marked = [...model.boxes, ...model.frames, ...model.frames.flatMap(({ subnets }) => subnets)];
  const zones = model.boxes.some((box) => box.zones.length > 0);
  const items = [
    ...MEANINGS.filter(([kind]) => kinds.has(kind)).map(([kind, meaning]) => ({
      sample: sampleOf(kind),
      meaning,
    })),
    ...(zones ? [{ sample: CHIP, meaning: "in zone a" }] : []),
    ...(marked.some(({ mandatory }) => mandatory > 0)
      ? [{ sample: badge("mandatory", "✗ 1"), meaning: "findings of mandatory policies" }]
      : []),
    ...(marked.some(({ advisory }) => advisory > 0)
      ? [{ sample: badge("advisory", "! 1"), meaning: "findings of advisory policies" }]
      : []),
  ];
  const places: { x: number; row: number }[] = [];
  let [x, row, widest] = [14, 0, 0];
  for (const { meaning } of items) {
    const length = SAMPLE + 8 + widthOf(meaning, 10.5) + 22;
    if (x + length > Math.max(width, 400) && x > 14) [x, row] = [14, row + 1];
    places.push({ x, row });
    x += length;
    widest = Math.max(widest, x);
  }
  return {
    width: widest,
    height: items.length === 0 ? 0 : (row + 1) * ROW + 6,
    text: (y) => {
      const parts = items.map(({ sample, meaning }, index) => {
        const place = places[index] ?? { x: 0, row: 0 };
        return `<g transform="translate(${place.x} ${y + place.row * ROW + 4})">${sample}<text x="${SAMPLE + 8}" y="12">${escapeXml(meaning)}</text></g>`;
      });
      return items.length === 0 ? "" : `<g class="legend">${parts.join("")}</g>`;
    },
  };
}

function sampleOf(kind: EdgeKind): string {
  const lock = kind === "tls" ? LOCK : kind === "clear" ? OPEN_LOCK : undefined;
  const sign = lock === undefined ? "" : `<path class="lock" transform="translate(0 2)" d="${lock}"/>`;
  const start = lock === undefined ? 0 : 14;
  return (
    `<g class="arrow ${kind}">${sign}<path class="line" d="M${start} 8H${SAMPLE - 8}"/>` +
    `<polygon class="head" points="${SAMPLE},8 ${SAMPLE - 8},4 ${SAMPLE - 8},12"/></g>`
  );
}

function badge(level: "advisory" | "mandatory", text: string): string {
  return `<g class="badge ${level}"><rect x="${SAMPLE - 28}" y="0" width="28" height="16" rx="8"/><text x="${SAMPLE - 14}" y="11.500">${text}</text></g>`;
}

const CHIP = `<g class="chip"><rect x="${SAMPLE - 16}" y="0.5" width="16" height="15" rx="3"/><text x="${SAMPLE - 8}" y="11.500">a</text></g>`;
