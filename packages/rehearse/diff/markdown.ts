import type { ToldCost } from "../cost/told";
import type { Finding } from "../engine/diagnostics";
import { nameOf } from "../engine/urn";
import type { Rehearsal } from "../rehearsal";
import type { Against } from "./before";
import { type StackDiff, urnOf } from "./compare";
import { impactsOf } from "./impact";
import type { Step } from "./plan";
import { countsOf, impactText, isEmpty, label, refusalText, whatFrom } from "./report";
import { changeLines } from "./values";

/** The hidden line that identifies the comment, so that it can be updated in place. */
export const MARKER = "<!-- rehearse: plan -->";

/**
 * Formats rehearsals as a comment for a pull request: verdicts, findings, costs, and changes.
 *
 * @param diffs - The changes of the rehearsals that were compared.
 * @param against - What they were compared with; undefined without `--against`.
 */
export function toMarkdown(
  rehearsals: readonly Rehearsal[],
  diffs: ReadonlyMap<Rehearsal, StackDiff>,
  costs: ReadonlyMap<Rehearsal, ToldCost>,
  against: Against | undefined,
): string {
  const title = against === undefined ? "Rehearsal" : `Plan, against ${cell(whatFrom(against))}`;
  const parts = rehearsals.map((rehearsal) => {
    const cost = costs.get(rehearsal)?.markdown ?? "";
    return stackMarkdown(rehearsal, diffs.get(rehearsal), cost, against);
  });
  return `${MARKER}\n\n### ${title}\n\n${parts.join("\n")}`;
}

function stackMarkdown(
  rehearsal: Rehearsal,
  diff: StackDiff | undefined,
  cost: string,
  against: Against | undefined,
): string {
  const first = diff === undefined ? [] : warnings(diff);
  const isOurs = rehearsal.findings.some(({ level }) => level === "mandatory");
  const verdict = {
    clean: "✅ allowed",
    unjudged: "❌ not allowed",
    refused: `❌ refused by ${isOurs ? "a mandatory policy" : "Pulumi"}`,
    failed: "❌ failed",
  }[rehearsal.verdict];
  const errors = rehearsal.diagnostics.filter(({ severity }) => severity === "error");
  const lines = [
    `#### ${cell(rehearsal.stack)}: ${verdict}`,
    "",
    ...(diff === undefined ? [] : [isEmpty(diff) ? "No resource changes." : `${countsOf(diff)}.`, ""]),
    ...(rehearsal.verdict === "failed" ? [...errors.map(({ message }) => `- ${cell(message)}`), ""] : []),
    ...(cost === "" ? [] : [cost, ""]),
  ];
  const unseen = rehearsal.unjudged.map(
    ({ urn, allowed }) => `${cell(label(urn))}${allowed ? " (allowed by its type)" : ""}`,
  );
  if (unseen.length > 0)
    lines.push(`**Not judged**, because their children aren't known: ${unseen.join(", ")}.`, "");
  if (first.length > 0) lines.push("> [!CAUTION]", ...first.map((text) => `> ${cell(text)}<br>`), "");
  for (const { policy, urn, exemption } of rehearsal.findings) {
    if (exemption === undefined) continue;
    const { until, reason } = exemption;
    lines.push(`**Exempt** from ${code(policy)} until ${until}: ${cell(label(urn))}, ${cell(reason)}`, "");
  }
  lines.push(...(diff === undefined || against?.kind !== "ref" ? allFindings(rehearsal) : newFindings(diff)));
  if (diff !== undefined) lines.push(...changes(diff));
  return lines.join("\n");
}

/** The dangerous changes of a plan, and the reasons why Pulumi refuses it. */
function warnings(diff: StackDiff): string[] {
  return [
    ...diff.refusals.map((refusal) => `Pulumi refuses this plan: ${refusalText(refusal)}`),
    ...diff.hazards.map(({ message }) => message),
    ...impactsOf(diff).map(impactText),
  ];
}

const FINDINGS_HEAD = ["| policy | | resource | |", "|---|---|---|---|"];

function findingRow(word: string, { level, policy, urn, message }: Finding): string {
  return `| ${word} | ${level} ${code(policy)} | ${cell(urn === "" ? "the stack" : label(urn))} | ${cell(message)} |`;
}

/** The new and fixed findings of a stack that is compared with a git ref, and those that still refuse it. */
function newFindings({ findings: { added, fixed, unchanged } }: StackDiff): string[] {
  const refusing = unchanged.filter(
    ({ level, exemption }) => level === "mandatory" && exemption === undefined,
  );
  const rows = [
    ...added.map((finding) => findingRow("new", finding)),
    ...fixed.map((finding) => findingRow("fixed", finding)),
    ...refusing.map((finding) => findingRow("as before", finding)),
  ];
  if (rows.length === 0) return [];
  return [...FINDINGS_HEAD, ...rows, "", `${unchanged.length} findings unchanged.`, ""];
}

/** Every finding without an exemption: mandatory ones visible, advisories folded. */
function allFindings({ findings }: Rehearsal): string[] {
  const [mandatory, others] = [true, false].map((isMandatory) =>
    findings
      .filter(({ level, exemption }) => exemption === undefined && (level === "mandatory") === isMandatory)
      .map((finding) => findingRow("", finding)),
  ) as [string[], string[]];
  return [
    ...(mandatory.length === 0 ? [] : [...FINDINGS_HEAD, ...mandatory, ""]),
    ...(others.length === 0
      ? []
      : [
          `<details><summary>Advice (${others.length})</summary>`,
          "",
          ...FINDINGS_HEAD,
          ...others,
          "",
          "</details>",
          "",
        ]),
  ];
}

/** The change of each resource, folded. */
function changes(diff: StackDiff): string[] {
  const rows = [
    ...diff.delete.map((one) => `| delete | ${cell(label(urnOf(one)))} | |`),
    ...diff.forget.map((one) => `| forget | ${cell(label(urnOf(one)))} | |`),
    ...diff.release.map((one) => `| delete | ${cell(label(urnOf(one)))} | another is read |`),
    ...diff.replace.map((step) => `| **replace** | ${cell(label(urnOf(step)))} | ${properties(step)} |`),
    ...diff.update.map((step) => `| change | ${cell(label(urnOf(step)))} | ${properties(step)} |`),
    ...diff.import.map((step) => `| import | ${cell(label(urnOf(step)))} | |`),
    ...diff.rename.map(
      (step) => `| rename | ${cell(label(urnOf(step)))} | was ${cell(nameOf(step.former?.urn ?? ""))} |`,
    ),
    ...diff.create.map((step) => `| create | ${cell(label(urnOf(step)))} | |`),
  ];
  if (rows.length === 0) return [];
  return [
    "<details><summary>Resources</summary>",
    "",
    "| | resource | properties |",
    "|---|---|---|",
    ...rows,
    "",
    "</details>",
    "",
  ];
}

function properties({ changes }: Step): string {
  return changes
    .flatMap((change) => changeLines(change, false))
    .map((line) => cell(line.trim()))
    .join("<br>");
}

/**
 * Escapes text so that it can't end its cell or be taken for markup. GitHub looks for mentions and references in the
 * rendered text, where no escape hides `@team` or `#12`: a zero-width space separates them.
 * @see https://github.com/github/cmark-gfm/issues/181
 */
export function cell(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[&<>|`[\]*_~\\@#]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/&#(?:64|35);/g, "$&&#8203;");
}

/** Formats text as code in a cell: for a policy's name, which its pack chooses. */
function code(text: string): string {
  return `\`${text.replace(/[\s|`]+/g, " ")}\``;
}
