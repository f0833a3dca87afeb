import type { Finding } from "../engine/diagnostics";
import { nameOf, typeOf } from "../engine/urn";
import type { JsonDiff } from "../report/json";
import { byComponent } from "../report/resources";
import type { Style } from "../report/style";
import { findingHead, findingsByRule } from "../report/findings";
import type { Against } from "./before";
import type { Compared } from "./index";
import { propertiesOf, type StackDiff, urnOf } from "./compare";
import { type Impact, impactsOf } from "./impact";
import type { Step } from "./plan";
import { changeLines } from "./values";

/** The changes for `--json`. */
export function toJsonDiff(diff: StackDiff): JsonDiff {
  const changed = (steps: readonly Step[]) =>
    steps.map((step) => ({ urn: step.resource.urn, properties: propertiesOf(step) }));
  return {
    create: diff.create.map(urnOf),
    delete: diff.delete.map(urnOf),
    update: changed(diff.update),
    replace: diff.replace.map((step) => ({
      urn: step.resource.urn,
      properties: propertiesOf(step),
      deletesFirst: step.deletesFirst,
    })),
    import: diff.import.map(urnOf),
    forget: diff.forget.map(urnOf),
    release: diff.release.map(urnOf),
    rename: diff.rename.map(({ resource, former }) => ({ from: former?.urn ?? "", to: resource.urn })),
    refused: diff.refusals,
    hazards: diff.hazards,
  };
}

/** Whether nothing happens to any resource; a rename alone doesn't count. */
export function isEmpty(diff: StackDiff): boolean {
  const { create, delete: gone, update, replace, import: taken, forget, release } = diff;
  return [create, gone, update, replace, taken, forget, release].every(({ length }) => length === 0);
}

/** What the plan is compared with, in words. */
export function whatFrom(against: Against): string {
  if (against.kind === "export") return against.file;
  const dirty = against.isDirty ? "; the working tree has uncommitted changes, which are included" : "";
  return `${against.ref} (${against.commit.slice(0, 10)})${dirty}`;
}

/** The number of resources for each kind of change. */
export function countsOf(diff: StackDiff): string {
  const { create, delete: gone, update, replace, forget, rename, release } = diff;
  const always = `${create.length} to create, ${update.length} to change, ${replace.length} to replace, ${gone.length} to delete`;
  const more = [
    [diff.import.length, "to import"],
    [forget.length, "to forget"],
    [release.length, "to delete in favour of another that is read"],
    [rename.length, "renamed"],
  ] as const;
  const others = more.filter(([count]) => count > 0).map(([count, word]) => `, ${count} ${word}`);
  return `${always}${others.join("")}; ${diff.same} unchanged`;
}

/** Type and name. */
export const label = (urn: string): string => `${typeOf(urn)}  ${nameOf(urn)}`;

/** A change to look at first, in words. */
export function impactText({ urn, what, loses, properties }: Impact): string {
  const why = properties.length === 0 ? "" : `, because of ${properties.join(", ")}`;
  const risk = loses === "data" ? "its data is lost" : "requests may be interrupted";
  return `${label(urn)} is ${what}${why}: ${risk}`;
}

/** Pulumi's reason for refusing to delete or replace a resource, on one line. */
export const refusalText = ({ urn, message }: StackDiff["refusals"][number]): string =>
  `${label(urn)}: ${message.replace(/\s+/g, " ")}`;

/** The most new resources that are listed one by one; beyond that they are counted by component. */
const LISTED = 10;

/**
 * Formats a comparison for a terminal: the counts, what to look at first, and the changes.
 *
 * @param isFull - whether to list every new resource and every line of a text
 */
export function toDiffText({ rehearsal, diff }: Compared, against: Against, style: Style, isFull: boolean) {
  const impacts = impactsOf(diff);
  const lines = (step: Step): string[] =>
    step.changes.flatMap((change) => changeLines(change, isFull)).map((line) => `        ${line}`);
  const created =
    isFull || diff.create.length <= LISTED
      ? diff.create.map((step) => ` ${style.green("+")}  ${label(urnOf(step))}`)
      : [
          ` ${style.green("+")}  ${diff.create.length} resources:`,
          ...byComponent(rehearsal, new Set(diff.create.map(urnOf))),
        ];
  const changes = [
    ...diff.delete.map((one) => ` ${style.red("-")}  ${label(urnOf(one))}`),
    ...diff.forget.map((one) => ` ${style.yellow("-")}  ${label(urnOf(one))}: forgotten, not deleted`),
    ...diff.release.map((one) => ` ${style.red("-")}  ${label(urnOf(one))}: deleted, and another is read`),
    ...replacedByCause(diff.replace).flatMap(({ step, depth }) => {
      const order = step.deletesFirst ? "  (deleted before it is created again)" : "";
      const own = [` ${style.red("±")}  ${label(urnOf(step))}${order}`, ...lines(step)];
      return own.map((line) => "    ".repeat(depth) + line);
    }),
    ...diff.update.flatMap((step) => [` ${style.yellow("~")}  ${label(urnOf(step))}`, ...lines(step)]),
    ...diff.import.map((step) => ` ${style.cyan("=")}  ${label(urnOf(step))}: imported`),
    ...diff.rename.map(
      ({ resource, former }) => ` ${style.dim("=")}  ${label(resource.urn)}: was ${label(former?.urn ?? "")}`,
    ),
    ...created,
  ];
  const section = (title: string, texts: readonly string[]): string[] =>
    texts.length === 0 ? [] : [style.red(title), ...texts.map((text) => `    ${text}`), ""];
  return [
    style.bold(`What changes in ${rehearsal.stack}, against ${whatFrom(against)}`),
    "",
    `    ${countsOf(diff)}`,
    "",
    ...section("Pulumi refuses this plan:", diff.refusals.map(refusalText)),
    ...section("Look at these first:", [
      ...diff.hazards.map(({ message }) => message),
      ...impacts.map(impactText),
    ]),
    ...(isEmpty(diff) ? ["    No resource changes."] : []),
    ...changes,
    "",
    style.bold("Policies:"),
    ...findingLines(diff.findings, against, style),
  ].join("\n");
}

/** The replaced resources, each below the one that causes its replacement. */
function replacedByCause(steps: readonly Step[]): { readonly step: Step; readonly depth: number }[] {
  const byUrn = new Map(steps.map((step) => [step.resource.urn, step]));
  const causeOf = ({ changes, resource }: Step): string | undefined => {
    const forcing = changes.filter(({ forces }) => forces === "yes");
    // A resource with a reason of its own would be replaced anyway.
    if (forcing.some(({ because }) => because.length === 0)) return undefined;
    return forcing.flatMap(({ because }) => because).find((urn) => urn !== resource.urn && byUrn.has(urn));
  };
  const below = new Map<string | undefined, Step[]>();
  for (const step of steps) {
    const cause = causeOf(step);
    below.set(cause, [...(below.get(cause) ?? []), step]);
  }
  const listed = new Set<Step>();
  const from = (cause: string | undefined, depth: number): { step: Step; depth: number }[] =>
    (below.get(cause) ?? []).flatMap((step) => {
      if (listed.has(step)) return [];
      listed.add(step);
      return [{ step, depth }, ...from(step.resource.urn, depth + 1)];
    });
  return from(undefined, 0);
}

/**
 * New findings, and old ones that refuse the plan, in full; the others in one line. An export has no earlier
 * findings.
 */
function findingLines(
  { added, fixed, unchanged }: StackDiff["findings"],
  against: Against,
  style: Style,
): string[] {
  if (against.kind === "export")
    return unchanged.length === 0 ? ["    nothing found"] : findingsByRule(unchanged, style);
  const refusing = unchanged.filter(({ level }: Finding) => level === "mandatory");
  const exempt = unchanged.filter(({ exemption }) => exemption !== undefined);
  return [
    ...findingsByRule(added, style, "new: "),
    ...findingsByRule([...refusing, ...exempt], style, "as before: "),
    ...fixed.map((finding) => findingHead(finding, style, "fixed: ")),
    `    ${unchanged.length} unchanged`,
  ];
}
