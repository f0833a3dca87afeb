import { nameOf, typeOf } from "../engine/urn";
import { plural } from "./details";
import type { Box, Edge, EdgeKind, Frame, Model, Subnet } from "./model";
import { oneLine } from "./text";

/** The most resources that a text lists. */
const MOST = 12;

/** The description of a box, a frame or a subnet, for screen readers and as a tooltip. */
export function explain(one: Box | Frame | Subnet): string {
  const zones = "zones" in one && one.zones.length > 0 ? [`in ${one.zones.join(", ")}`] : [];
  const lines = "lines" in one ? one.lines : "detail" in one && one.detail !== "" ? [one.detail] : [];
  const head = "name" in one && one.name !== "" ? `${one.label} ${one.name}` : one.label;
  const marks = [...(one.change === undefined ? [] : [CHANGES[one.change]]), ...findingCounts(one)];
  const shown = one.urns.slice(0, MOST).map((urn) => `${typeOf(urn).split(":").at(-1) ?? ""} ${nameOf(urn)}`);
  const more = one.urns.length > MOST ? [`and ${one.urns.length - MOST} more`] : [];
  return [
    [head, ...lines, ...zones].map(oneLine).join("; "),
    ...(marks.length > 0 ? [marks.join(", ")] : []),
    ...(one.urns.length > 1
      ? [`Stands for ${one.urns.length} resources:`, ...shown.map((line) => `  ${oneLine(line)}`), ...more]
      : []),
  ].join("\n");
}

const CHANGES = { create: "new", update: "changed", replace: "replaced", delete: "gone" } as const;

/** The description of an arrow. */
export function explainEdge({ from, to, kind, labels, details }: Edge, { boxes, frames }: Model): string {
  const called = (id: string): string => {
    const box = boxes.find((one) => one.id === id);
    const frame = frames.find((one) => one.id === id);
    return oneLine(box === undefined ? (frame?.label ?? "") : box.name || box.label);
  };
  const said = labels.length === 0 ? VERBS[kind] : `${VERBS[kind]}: ${labels.join(", ")}`;
  return [`${called(from)} → ${called(to)}: ${said}`, ...details.slice(0, MOST)].map(oneLine).join("\n");
}

const VERBS: Readonly<Record<EdgeKind, string>> = {
  tls: "requests by TLS",
  clear: "requests in clear text",
  traffic: "requests",
  permission: "a security group permits it",
  event: "calls",
  name: "DNS name",
  logs: "logs",
  reference: "refers to it, or may use it",
};

/** The number of findings of each level, in words; levels without findings are left out. */
export function findingCounts({ mandatory, advisory }: Pick<Box, "mandatory" | "advisory">): string[] {
  return Object.entries({ mandatory, advisory })
    .filter(([, count]) => count > 0)
    .map(([level, count]) => `${count} ${level} ${plural(count, "finding")}`);
}
