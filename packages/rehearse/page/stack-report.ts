import type { Drawing } from "../architecture";
import type { JsonCost } from "../cost/told";
import type { StackDiff } from "../diff/compare";
import type { Resource } from "../engine/resource";
import { nameOf, typeOf } from "../engine/urn";
import type { Peak } from "../peak";
import type { Rehearsal } from "../rehearsal";
import { html, type Html } from "./html";

/** A rehearsed stack in a report. */
export interface StackReport {
  /** Prefix of the ids in its part of the page. */
  readonly id: string;
  /** Prefix of the names of its files. */
  readonly slug: string;
  readonly title: string;
  /** Without secrets. */
  readonly rehearsal: Rehearsal;
  /** Undefined if the rehearsal failed, as are the next three. */
  readonly cost: JsonCost | undefined;
  /** The changes; also undefined without `--against`. */
  readonly diff: StackDiff | undefined;
  /** Also undefined if there is nothing to draw. */
  readonly drawing: Drawing | undefined;
  /** Also undefined if the stack has no Auto Scaling group. */
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

/** Whether the page has a row for it: default providers are internal to the engine. */
export { isShown } from "../report/resources";

/** The resource with a URN, in the plan or among those that the change deletes. */
export function resourceAt({ rehearsal }: StackReport, urn: string): Resource | undefined {
  const index = positions(rehearsal).get(urn);
  return index === undefined ? undefined : rehearsal.resources[index];
}
