import { nameOf, typeOf } from "../engine/urn";
import type { Finding } from "../engine/diagnostics";
import type { JsonDiff } from "../report/json";
import { byComponent } from "../report/resources";
import type { Style } from "../report/style";
import { findingHead, findingText } from "../report/text";
import type { Value } from "../values";
import type { Against } from "./before";
import type { Compared } from "./index";
import type { PropertyChange, ResourceChange, StackDiff } from "./compare";
import { type Impact, impactsOf } from "./impact";

export function toJsonDiff(diff: StackDiff): JsonDiff {
  const changed = (changes: readonly ResourceChange[], which: (change: PropertyChange) => boolean) =>
    changes.map(({ urn, changes: all }) => ({
      urn,
      properties: all.filter(which).map(({ property }) => property),
    }));
  return {
    create: diff.create.map(({ urn }) => urn),
    delete: diff.delete.map(({ urn }) => urn),
    update: changed(diff.update, () => true),
    replace: changed(diff.replace, ({ forces }) => forces === "yes"),
  };
}

/** Characters of a value that are shown. */
const SHOWN = 80;

const isEmpty = ({ create, delete: gone, update, replace }: StackDiff): boolean =>
  create.length + gone.length + update.length + replace.length === 0;

/** What it is compared with, in words. */
function whatFrom(against: Against): string {
  if (against.kind === "export") return against.file;
  const dirty = against.isDirty
    ? "; the working tree has changes that aren't committed, and is compared as it is"
    : "";
  return `${against.ref} (${against.commit.slice(0, 10)})${dirty}`;
}

/** New resources that are listed one by one; more are counted by component. */
const LISTED = 10;

/**
 * A comparison for a terminal.
 *
 * @param isFull - whether every new resource is listed, however many there are
 */
export function toDiffText({ rehearsal, diff }: Compared, against: Against, style: Style, isFull: boolean) {
  const impacts = impactsOf(diff);
  const created =
    isFull || diff.create.length <= LISTED
      ? diff.create.map(({ urn }) => ` ${style.green("+")}  ${label(urn)}`)
      : [
          ` ${style.green("+")}  ${diff.create.length} resources:`,
          ...byComponent(rehearsal, new Set(diff.create.map(({ urn }) => urn))),
        ];
  const changes = [
    ...diff.delete.map(({ urn }) => ` ${style.red("-")}  ${label(urn)}`),
    ...diff.replace.flatMap((change) => [
      ` ${style.red("±")}  ${label(change.urn)}`,
      ...propertyLines(change),
    ]),
    ...diff.update.flatMap((change) => [
      ` ${style.yellow("~")}  ${label(change.urn)}`,
      ...propertyLines(change),
    ]),
    ...created,
  ];
  return [
    style.bold(`What changes in ${rehearsal.stack}, against ${whatFrom(against)}`),
    "",
    ...(impacts.length > 0
      ? [style.red("Look at these first:"), ...impacts.map((impact) => `    ${impactText(impact)}`), ""]
      : []),
    ...(isEmpty(diff) ? ["    No resource changes."] : changes),
    "",
    `    ${countsOf(diff)}`,
    "",
    style.bold("Policies:"),
    ...findingLines(diff.findings, against, style),
  ].join("\n");
}

/** New findings, and old ones that refuse the plan, in full; the others in a line. An export tells of none before. */
function findingLines(
  { added, fixed, unchanged }: StackDiff["findings"],
  against: Against,
  style: Style,
): string[] {
  if (against.kind === "export")
    return unchanged.length === 0
      ? ["    nothing found"]
      : unchanged.map((finding) => findingText(finding, style));
  const refusing = unchanged.filter(({ level }) => level === "mandatory");
  return [
    ...added.map((finding) => findingText(finding, style, "new: ")),
    ...refusing.map((finding) => findingText(finding, style, "as before: ")),
    ...fixed.map((finding) => findingHead(finding, style, "fixed: ")),
    `    ${unchanged.length} unchanged`,
  ];
}

function countsOf({ create, delete: gone, update, replace }: StackDiff): string {
  return `${create.length} to create, ${update.length} to change, ${replace.length} to replace, ${gone.length} to delete`;
}

const label = (urn: string): string => `${typeOf(urn)}  ${nameOf(urn)}`;

function impactText({ urn, what, loses, properties }: Impact): string {
  const why = properties.length === 0 ? "" : `, for ${properties.join(", ")}`;
  const risk = loses === "data" ? "what it holds is lost" : "requests may be interrupted";
  return `${label(urn)} is ${what}${why}: ${risk}`;
}

function propertyLines({ changes }: ResourceChange): string[] {
  return changes.map((change) => {
    const note = {
      yes: "  (replaces it)",
      maybe: "  (may replace it)",
      unknown: "  (whether it replaces it is unknown)",
      no: "",
    }[change.forces];
    if (change.because.length > 0)
      return `        ${change.property}: follows ${change.because.map(nameOf).join(", ")}${note}`;
    return `        ${change.property}: ${shown(change.before)} → ${shown(change.after)}${note}`;
  });
}

function shown(value: Value | undefined): string {
  if (value === undefined) return "(none)";
  const text = JSON.stringify(value) ?? "null";
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}

/** The hidden line by which a comment is found again, to be updated in place. */
export const MARKER = "<!-- rehearse: plan -->";

/** Comparisons as a comment for a pull request. */
export function toMarkdown(compared: readonly Compared[], against: Against): string {
  const parts = compared.map((one) => stackMarkdown(one, against));
  return `${MARKER}\n\n### Plan, against ${cell(whatFrom(against))}\n\n${parts.join("\n")}`;
}

function stackMarkdown({ rehearsal, diff }: Compared, against: Against): string {
  const impacts = impactsOf(diff);
  const verdict = {
    clean: "✅ allowed",
    unjudged: "❌ not allowed",
    refused: "❌ refused by a mandatory policy",
    failed: "❌ failed",
  }[rehearsal.verdict];
  const lines = [
    `#### ${rehearsal.stack}: ${verdict}`,
    "",
    isEmpty(diff) ? "No resource changes." : `${countsOf(diff)}.`,
    "",
  ];
  const unseen = rehearsal.unjudged.map(
    ({ urn, allowed }) => `${cell(label(urn))}${allowed ? " (allowed by its type)" : ""}`,
  );
  if (unseen.length > 0)
    lines.push(`**Not judged**, for their children aren't known: ${unseen.join(", ")}.`, "");
  if (impacts.length > 0)
    lines.push("> [!CAUTION]", ...impacts.map((impact) => `> ${cell(impactText(impact))}<br>`), "");
  const { added, fixed, unchanged } = diff.findings;
  if (against.kind === "ref" && added.length + fixed.length > 0) {
    lines.push("| policy | | resource | |", "|---|---|---|---|");
    const row =
      (word: string) =>
      ({ level, policy, urn, message }: Finding) =>
        `| ${word} | ${level} \`${policy}\` | ${cell(urn === "" ? "the stack" : label(urn))} | ${cell(message)} |`;
    lines.push(
      ...added.map(row("new")),
      ...fixed.map(row("fixed")),
      "",
      `${unchanged.length} findings unchanged.`,
      "",
    );
  }
  if (!isEmpty(diff)) {
    const rows = [
      ...diff.delete.map(({ urn }) => `| delete | ${cell(label(urn))} | |`),
      ...diff.replace.map((change) => `| **replace** | ${cell(label(change.urn))} | ${properties(change)} |`),
      ...diff.update.map((change) => `| change | ${cell(label(change.urn))} | ${properties(change)} |`),
      ...diff.create.map(({ urn }) => `| create | ${cell(label(urn))} | |`),
    ];
    lines.push(
      "<details><summary>Resources</summary>",
      "",
      "| | resource | properties |",
      "|---|---|---|",
      ...rows,
      "",
      "</details>",
      "",
    );
  }
  return lines.join("\n");
}

function properties(change: ResourceChange): string {
  return propertyLines(change)
    .map((line) => cell(line.trim()))
    .join("<br>");
}

/** Text that can't end its cell, or be taken for markup. */
function cell(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[&<>|`[\]*_~\\@#]/g, (character) => `&#${character.charCodeAt(0)};`);
}
