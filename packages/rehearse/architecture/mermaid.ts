import type { Box, Edge, EdgeKind, Frame, Model } from "./model";
import { fit, oneLine } from "./text";
import { findingCounts } from "./words";

/** Writes a drawing as a Mermaid flowchart, which GitHub and many wikis render. */
export function toMermaid({ boxes, frames, edges }: Model): string {
  const ids = new Map([...boxes, ...frames].map(({ id }, index) => [id, `n${index}`]));
  const idOf = (id: string): string => ids.get(id) ?? "";
  const within = (parent: string | undefined, indent: string): string[] => [
    ...boxes
      .filter(({ frame }) => frame === parent)
      .map((box) => `${indent}${idOf(box.id)}["${sayBox(box)}"]`),
    ...frames
      .filter((frame) => frame.parent === parent)
      .flatMap((frame) => {
        const inner = within(frame.id, `${indent}  `);
        const head = `["${sayFrame(frame)}"]`;
        // Mermaid doesn't draw an empty subgraph.
        return inner.length === 0
          ? [`${indent}${idOf(frame.id)}${head}`]
          : [`${indent}subgraph ${idOf(frame.id)}${head}`, ...inner, `${indent}end`];
      }),
  ];
  const arrows = edges.map(
    (edge) => `  ${idOf(edge.from)} ${ARROWS[edge.kind]}${labelOf(edge)} ${idOf(edge.to)}`,
  );
  return ["flowchart TB", ...within(undefined, "  "), ...arrows, ""].join("\n");
}

const ARROWS: Readonly<Record<EdgeKind, string>> = {
  tls: "==>",
  clear: "-->",
  traffic: "-->",
  permission: "-.->",
  event: "-->",
  name: "-.->",
  logs: "-.->",
  reference: "-.->",
};

function labelOf({ kind, labels }: Edge): string {
  const label = labels.join(", ");
  const text = kind === "clear" ? `${label}, in clear text` : kind === "tls" ? `${label}, TLS` : label;
  return text === "" ? "" : `|"${escape(text)}"|`;
}

function sayBox({ label, name, lines, zones, mandatory, advisory, change }: Box): string {
  const marks = [
    ...(change === undefined ? [] : [CHANGES[change]]),
    ...findingCounts({ mandatory, advisory }),
  ];
  const zone = zones.length > 0 ? [`in ${zones.join(", ")}`] : [];
  return [label, name, ...lines, ...zone, ...marks]
    .filter((text) => text !== "")
    .map(escape)
    .join("<br>");
}

const CHANGES = { create: "+ new", update: "~ changed", replace: "± replaced", delete: "− gone" } as const;

function sayFrame({ label, detail }: Frame): string {
  return [label, detail]
    .filter((text) => text !== "")
    .map(escape)
    .join("<br>");
}

/** A quoted text, with entities for characters that are special in Mermaid or HTML. */
function escape(text: string): string {
  return fit(oneLine(text), MOST_PIXELS, 12).replace(
    /[^\p{L}\p{N} .,:/()…–×·→±−+~-]/gu,
    (sign) => `#${sign.codePointAt(0) ?? 0};`,
  );
}

const MOST_PIXELS = 400;
