import type { Diagnostic, Finding } from "../engine/diagnostics";
import { nameOf, typeOf } from "../engine/urn";
import { ALLOW_UNJUDGED } from "../project/engine-settings";
import type { Rehearsal, Unjudged } from "../rehearsal";
import type { Value, Values } from "../values";
import { findingsByRule } from "./findings";
import { plain } from "./plain";
import { byComponent, isShown, tree } from "./resources";
import { cut, fold, indent, pad, type Style, widest } from "./style";

/** Advisories that are shown in full, unless `--tree` is given. */
const ADVISORIES = 5;

/** Outputs that are shown, unless `--tree` is given. */
const OUTPUTS = 8;

/** The longest list or mapping that is shown in full, in characters. */
const SHORT = 72;

/** How to format a rehearsal. */
export interface TextOptions {
  /** The project's name. */
  readonly project: string;
  readonly style: Style;
  /** Columns of the terminal; Infinity if the output isn't a terminal. */
  readonly columns: number;
  /** Whether to show every resource in a tree, every advisory, and every output in full. */
  readonly isFull: boolean;
  /** The changes, if there is a comparison: they replace resources, findings and outputs. */
  readonly difference: string | undefined;
  /** The cost; empty if it isn't shown. */
  readonly cost: string;
  /** The peak; empty without `--peak`. */
  readonly peak: string;
}

/** A rehearsal for a person at a screen, with the verdict first and last. */
export function toText(rehearsal: Rehearsal, options: TextOptions): string {
  const { style, columns, isFull, difference } = options;
  const { stack, mode, verdict, seconds } = rehearsal;
  const ending = endingOf(rehearsal, style);
  const folded = (section: string): string => fold(section, columns);
  const cost = folded(options.cost);
  const peak = folded(options.peak);
  const counts = style.bold(countsOf(rehearsal));
  const drawn = isFull
    ? `${tree(rehearsal, style)}\n\n${counts}`
    : [counts, ...byComponent(rehearsal)].join("\n");
  const resources = cut(drawn, columns);
  const told = folded(diagnostics(rehearsal, style));
  const unseen = folded(notJudged(rehearsal, style));
  // A resource graph that stops where the program failed is incomplete: show the error instead.
  const sections =
    verdict === "failed"
      ? [told, folded(policies(rehearsal, options))]
      : difference !== undefined
        ? [isFull ? resources : "", told, folded(difference), cost, peak, unseen]
        : [
            resources,
            cost,
            peak,
            told,
            folded(policies(rehearsal, options)),
            unseen,
            folded(outputs(rehearsal.outputs, options)),
          ];
  return [
    folded(`${style.bold(`Rehearsed ${stack} (${options.project}, ${mode}):`)} ${ending}`),
    ...sections,
    folded(`${style.bold(`Verdict on ${stack}:`)} ${ending} in ${seconds.toFixed(1)} s`),
  ]
    .filter((section) => section !== "")
    .join("\n\n");
}

/** The verdict, how many findings there are, and what wasn't judged. */
export function endingOf({ findings, verdict, unjudged }: Rehearsal, style: Style): string {
  const count = (level: Finding["level"]): number =>
    findings.filter((finding) => finding.level === level && finding.exemption === undefined).length;
  const exempt = findings.filter(({ exemption }) => exemption !== undefined).length;
  const ending = {
    clean: style.green("allowed"),
    unjudged: style.red("not allowed"),
    refused: style.red(count("mandatory") > 0 ? "refused by a mandatory policy" : "refused by Pulumi"),
    failed: style.red("failed"),
  }[verdict];
  const boxes = unjudged.length === 0 ? "" : `; not judged: ${boxesOf(unjudged)}`;
  return `${ending} (${count("mandatory")} mandatory, ${count("advisory")} advisory${exempt === 0 ? "" : `, ${exempt} exempt`})${boxes}`;
}

/** The most components that the verdict names; beyond that it counts them. */
const NAMED = 3;

function boxesOf(unjudged: readonly Unjudged[]): string {
  const named = unjudged.slice(0, NAMED).map(({ urn }) => `${typeOf(urn)} ${nameOf(urn)}`);
  const more = unjudged.length - named.length;
  return named.join(", ") + (more === 0 ? "" : ` and ${more} more`);
}

/** The components that no policy saw, and what to do about them. */
function notJudged({ unjudged }: Rehearsal, style: Style): string {
  if (unjudged.length === 0) return "";
  const boxes = unjudged.map(({ urn, allowed }) =>
    indent(`${typeOf(urn)} (${nameOf(urn)})${allowed ? ": allowed by its type" : ""}`, 4),
  );
  const [type] = unjudged.flatMap(({ urn, allowed }) => (allowed ? [] : typeOf(urn)));
  return [
    style.bold("Not judged:"),
    ...boxes,
    indent("Their providers create children that the rehearsal doesn't know, so no policy saw them.", 4),
    ...(type === undefined
      ? []
      : [
          indent(
            `Fix: judge them with 'pulumi preview --policy-pack', and allow them here with --allow-unjudged ${type}, or ${ALLOW_UNJUDGED}: [${type}] in the stack file.`,
            4,
          ),
        ]),
  ].join("\n");
}

function countsOf({ resources, mode, plan }: Rehearsal): string {
  const shown = resources.filter(isShown);
  const created = shown.filter(({ external }) => !external).length;
  const read = shown.length - created;
  if (plan !== undefined) return `Resources: ${shown.length}`;
  return `Resources: ${created} ${mode === "preview" ? "to create" : "created"}${read === 0 ? "" : `, ${read} read`}`;
}

function diagnostics({ diagnostics: all, printed }: Rehearsal, style: Style): string {
  const rank: Record<Diagnostic["severity"], number> = { error: 0, warning: 1, info: 2, debug: 3 };
  const sorted = [...all].sort((a, b) => rank[a.severity] - rank[b.severity]);
  const lines = sorted.map(({ severity, message, urn }) => {
    const colour = severity === "error" ? style.red : severity === "warning" ? style.yellow : style.dim;
    const type = typeOf(urn);
    const about = urn === "" || message.startsWith(`${type} resource '`) ? "" : ` ${type} (${nameOf(urn)}):`;
    return indent(`${colour(`${severity}:`)}${about} ${message}`, 4);
  });
  if (printed.length > 0)
    lines.push(indent(["printed by the program:", ...printed.map((line) => `  ${line}`)].join("\n"), 4));
  return lines.length === 0 ? "" : [style.bold("Diagnostics:"), ...lines].join("\n");
}

function policies({ packs, findings, verdict }: Rehearsal, { style, isFull }: TextOptions): string {
  if (packs.length === 0) return "";
  const lines = packs.map(({ name, version }) => {
    const own = findings.filter(({ pack }) => pack === name);
    const mandatory = own.filter(({ level }) => level === "mandatory");
    const exempt = own.filter(({ exemption }) => exemption !== undefined);
    const advisory = own.filter(({ level, exemption }) => level === "advisory" && exemption === undefined);
    const sign =
      mandatory.length > 0 ? style.red("✗") : verdict === "failed" ? style.yellow("?") : style.green("✓");
    const shown = isFull ? advisory : advisory.slice(0, ADVISORIES);
    const rest = advisory.slice(shown.length);
    return [
      `    ${sign} ${name}@v${version}${own.length === 0 && (verdict === "clean" || verdict === "unjudged") ? ": nothing found" : ""}`,
      ...findingsByRule([...mandatory, ...exempt, ...shown], style),
      ...(rest.length === 0
        ? []
        : [`        … and ${rest.length} more advisories (--tree shows all): ${tally(rest)}`]),
    ].join("\n");
  });
  return [style.bold("Policies:"), ...lines].join("\n");
}

/** The number of findings of each policy. */
function tally(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { policy } of findings) counts.set(policy, (counts.get(policy) ?? 0) + 1);
  return [...counts].map(([policy, count]) => (count === 1 ? policy : `${policy} (${count})`)).join(", ");
}

/** Known outputs come first, one a line; the others are only named. */
function outputs(values: Values, { style, isFull }: TextOptions): string {
  const entries = Object.entries(plain(values, "[unknown]"));
  if (entries.length === 0) return "";
  const known = entries.filter(([, value]) => value !== "[unknown]");
  const unknown = entries.filter(([, value]) => value === "[unknown]").map(([key]) => key);
  const shown = isFull ? known : known.slice(0, OUTPUTS);
  const width = widest(shown.map(([key]) => key));
  return [
    style.bold("Outputs:"),
    ...shown.map(([key, value]) => `    ${pad(key, width)}: ${isFull ? written(value) : summary(value)}`),
    ...(shown.length < known.length
      ? [`    … and ${known.length - shown.length} more (--tree shows all)`]
      : []),
    ...(unknown.length > 0 ? [`    known after deployment: ${unknown.join(", ")}`] : []),
  ].join("\n");
}

const written = (value: Value): string => (value === "[secret]" ? value : JSON.stringify(value));

/** A value on one line: a long list as its length, a large mapping as its keys. */
function summary(value: Value): string {
  const text = written(value);
  if (text.length <= SHORT || typeof value !== "object" || value === null) return text;
  return Array.isArray(value) ? `[${value.length} items]` : `{ ${Object.keys(value).join(", ")} }`;
}
