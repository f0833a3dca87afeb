import { isDeepStrictEqual } from "node:util";
import { NOTHING } from "../cost/difference";
import { dollars } from "../cost/text";
import type { ToldCost } from "../cost/told";
import { compareFindings } from "../diff/compare";
import { differences } from "../diff/changes";
import { isShown } from "../diff/plan";
import { changeLines } from "../diff/values";
import type { Resource } from "../engine/resource";
import { nameOf, typeOf } from "../engine/urn";
import type { Rehearsal } from "../rehearsal";
import { findingHead, findingsByRule } from "../report/findings";
import type { Style } from "../report/style";
import { transform, UNKNOWN, type Values } from "../values";

/** A stack's result of a run. */
export interface Result {
  readonly rehearsal: Rehearsal;
  readonly cost: ToldCost | undefined;
}

/**
 * Lists the differences between two runs of a stack, one a line: added, removed and changed resources with their
 * properties; outputs; findings; warnings; the cost. It compares plans: values known only after deployment count as
 * equal.
 *
 * @param isFull - whether to show every line of a text
 */
export function changedLines(before: Result, after: Result, style: Style, isFull: boolean): string[] {
  const [was, is] = [byUrn(before.rehearsal), byUrn(after.rehearsal)];
  const resources = [...new Set([...was.keys(), ...is.keys()])].flatMap((urn) => {
    const [old, now] = [was.get(urn), is.get(urn)];
    const label = `${typeOf(urn)}  ${nameOf(urn)}`;
    if (old === undefined) return [` ${style.green("+")}  ${label}`];
    if (now === undefined) return [` ${style.red("-")}  ${label}`];
    const lines = resourceLines(old, now, isFull);
    return lines.length === 0
      ? []
      : [` ${style.yellow("~")}  ${label}`, ...lines.map((line) => `        ${line}`)];
  });
  const outputs = valueLines(before.rehearsal.outputs, after.rehearsal.outputs, isFull);
  const findings = compareFindings(before.rehearsal.findings, after.rehearsal.findings);
  const said = new Set(before.rehearsal.diagnostics.map(({ message }) => message));
  return [
    ...resources,
    ...outputs.map((line) => `    output ${line}`),
    ...findingsByRule(findings.added, style, "new: "),
    ...findings.fixed.map((finding) => findingHead(finding, style, "fixed: ")),
    ...after.rehearsal.diagnostics
      .filter(({ message }) => !said.has(message))
      .map(({ severity, message }) => `    ${severity}: ${message}`),
    ...costLines(before.cost, after.cost),
  ];
}

function byUrn({ resources }: Rehearsal): Map<string, Resource> {
  return new Map(resources.filter(isShown).map((resource) => [resource.urn, resource]));
}

/** Resource options that a plan shows, in addition to the dependencies. */
const OPTIONS = [
  "parent",
  "provider",
  "protect",
  "retainOnDelete",
  "deletedWith",
  "deleteBeforeReplace",
  "ignoreChanges",
  "replaceOnChanges",
  "replaceWith",
  "additionalSecretOutputs",
  "customTimeouts",
  "importId",
] as const satisfies readonly (keyof Resource)[];

function resourceLines(old: Resource, now: Resource, isFull: boolean): string[] {
  const values = valueLines(old.inputs, now.inputs, isFull);
  const options = OPTIONS.filter((option) => !isDeepStrictEqual(old[option], now[option])).map(
    (option) => `${option}: ${JSON.stringify(old[option] ?? null)} → ${JSON.stringify(now[option] ?? null)}`,
  );
  const names = ({ dependencies }: Resource): string =>
    dependencies.map(nameOf).sort().join(", ") || "nothing";
  const depends = names(old) === names(now) ? [] : [`depends on ${names(old)} → ${names(now)}`];
  return [...values, ...options, ...depends];
}

/** Compares values as they are displayed: a value that is known in only one of the runs is a difference. */
function valueLines(before: Values, after: Values, isFull: boolean): string[] {
  return differences([], toldOf(before), toldOf(after)).flatMap((difference) =>
    changeLines({ ...difference, forces: "no", isWanted: false, because: [] }, isFull),
  );
}

const toldOf = (values: Values): Values =>
  transform(values, (value) => (value === UNKNOWN ? "(known after deployment)" : undefined)) as Values;

function costLines(before: ToldCost | undefined, after: ToldCost | undefined): string[] {
  if (before === undefined || after === undefined) return [];
  const [old, now] = [before.json.monthly, after.json.monthly];
  const [oldMost, most] = [before.json.mostMonthly, after.json.mostMonthly];
  if (Math.abs(now - old) < NOTHING && Math.abs(most - oldMost) < NOTHING) return [];
  const maximum =
    most === now && oldMost === old ? "" : `; at the groups' maximum ${dollars(oldMost)} → ${dollars(most)}`;
  return [`    Cost: about ${dollars(old)} → ${dollars(now)} a month${maximum}`];
}
