import type { ToldCost } from "../cost/told";
import type { Finding } from "../engine/diagnostics";
import { nameOf } from "../engine/urn";
import type { Rehearsal } from "../rehearsal";
import type { Against } from "./before";
import { urnOf } from "./compare";
import { impactsOf } from "./impact";
import type { Compared } from "./index";
import type { Step } from "./plan";
import { countsOf, impactText, isEmpty, label, refusalText, whatFrom } from "./report";
import { changeLines } from "./values";

/** The hidden line by which a comment is found again, to be updated in place. */
export const MARKER = "<!-- rehearse: plan -->";

/** Comparisons as a comment for a pull request. */
export function toMarkdown(
  compared: readonly Compared[],
  costs: ReadonlyMap<Rehearsal, ToldCost>,
  against: Against,
): string {
  const parts = compared.map((one) => stackMarkdown(one, costs.get(one.rehearsal)?.markdown ?? "", against));
  return `${MARKER}\n\n### Plan, against ${cell(whatFrom(against))}\n\n${parts.join("\n")}`;
}

function stackMarkdown({ rehearsal, diff }: Compared, cost: string, against: Against): string {
  const first = [
    ...diff.refusals.map((refusal) => `Pulumi refuses this plan: ${refusalText(refusal)}`),
    ...diff.hazards.map(({ message }) => message),
    ...impactsOf(diff).map(impactText),
  ];
  const isOurs = rehearsal.findings.some(({ level }) => level === "mandatory");
  const verdict = {
    clean: "✅ allowed",
    unjudged: "❌ not allowed",
    refused: `❌ refused by ${isOurs ? "a mandatory policy" : "Pulumi"}`,
    failed: "❌ failed",
  }[rehearsal.verdict];
  const lines = [
    `#### ${rehearsal.stack}: ${verdict}`,
    "",
    isEmpty(diff) ? "No resource changes." : `${countsOf(diff)}.`,
    "",
    ...(cost === "" ? [] : [cost, ""]),
  ];
  const unseen = rehearsal.unjudged.map(
    ({ urn, allowed }) => `${cell(label(urn))}${allowed ? " (allowed by its type)" : ""}`,
  );
  if (unseen.length > 0)
    lines.push(`**Not judged**, for their children aren't known: ${unseen.join(", ")}.`, "");
  if (first.length > 0) lines.push("> [!CAUTION]", ...first.map((text) => `> ${cell(text)}<br>`), "");
  for (const { policy, urn, exemption } of rehearsal.findings) {
    if (exemption === undefined) continue;
    const { until, reason } = exemption;
    lines.push(`**Exempt** from \`${policy}\` until ${until}: ${cell(label(urn))}, ${cell(reason)}`, "");
  }
  const { added, fixed, unchanged } = diff.findings;
  if (against.kind === "ref" && added.length + fixed.length > 0) {
    const row =
      (word: string) =>
      ({ level, policy, urn, message }: Finding) =>
        `| ${word} | ${level} \`${policy}\` | ${cell(urn === "" ? "the stack" : label(urn))} | ${cell(message)} |`;
    lines.push(
      ...["| policy | | resource | |", "|---|---|---|---|"],
      ...[...added.map(row("new")), ...fixed.map(row("fixed"))],
      ...["", `${unchanged.length} findings unchanged.`, ""],
    );
  }
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
  if (rows.length > 0) {
    lines.push(
      ...["<details><summary>Resources</summary>", "", "| | resource | properties |", "|---|---|---|"],
      ...[...rows, "", "</details>", ""],
    );
  }
  return lines.join("\n");
}

function properties({ changes }: Step): string {
  return changes
    .flatMap((change) => changeLines(change, false))
    .map((line) => cell(line.trim()))
    .join("<br>");
}

/** Text that can't end its cell, or be taken for markup. */
export function cell(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[&<>|`[\]*_~\\@#]/g, (character) => `&#${character.charCodeAt(0)};`);
}
