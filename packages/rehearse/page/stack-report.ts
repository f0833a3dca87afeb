import type { Drawing } from "../architecture";
import type { JsonCost } from "../cost/told";
import type { StackDiff } from "../diff/compare";
import type { Resource } from "../engine/resource";
import { nameOf, typeOf } from "../engine/urn";
import type { Peak } from "../peak";
import type { Rehearsal } from "../rehearsal";
import { html, type Html } from "./html";

/** A rehearsed stack, as a report shows it. */
export interface StackReport {
  /** Begins the ids of what is in its part of the page. */
  readonly id: string;
  /** Begins the names of its files. */
  readonly slug: string;
  readonly title: string;
  /** Without secrets. */
  readonly rehearsal: Rehearsal;
  /** Undefined if the rehearsal failed, like the three that follow. */
  readonly cost: JsonCost | undefined;
  /** What changes; undefined without `--against`, too. */
  readonly diff: StackDiff | undefined;
  /** Undefined if there is nothing to draw, too. */
  readonly drawing: Drawing | undefined;
  /** Undefined if nothing scales, too. */
  readonly peak: Peak | undefined;
}

/** The id of the row of a resource. */
export function rowId({ id, rehearsal }: StackReport, urn: string): string | undefined {
  const index = positions(rehearsal).get(urn);
  return index === undefined ? undefined : `${id}-r${index}`;
}

const known = new WeakMap<Rehearsal, ReadonlyMap<string, number>>();

function positions(rehearsal: Rehearsal): ReadonlyMap<string, number> {
  const map =
    known.get(rehearsal) ?? new Map(rehearsal.resources.map(({ urn }, index) => [urn, index] as const));
  known.set(rehearsal, map);
  return map;
}

/** A resource's name and type, with a link to its row if it has one. */
export function link(report: StackReport, urn: string): Html {
  if (urn === "") return html`the stack`;
  const row = rowId(report, urn);
  const type = html`<span class="type">${typeOf(urn)}</span>`;
  const name = nameOf(urn);
  return row === undefined ? html`${name} ${type}` : html`<a href="#${row}">${name}</a> ${type}`;
}

/** Whether the page has a row for it: default providers are the engine's own affair. */
export { isShown } from "../report/resources";

/** The resource of a URN, in the plan or gone. */
export function resourceAt({ rehearsal }: StackReport, urn: string): Resource | undefined {
  const index = positions(rehearsal).get(urn);
  return index === undefined ? undefined : rehearsal.resources[index];
}
