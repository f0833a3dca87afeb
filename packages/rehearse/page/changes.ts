import { basename } from "node:path";
import type { Against } from "../diff/before";
import { type StackDiff, subjectOf } from "../diff/compare";
import { impactsOf } from "../diff/impact";
import type { Deletion, Step } from "../diff/plan";
import { countsOf, impactText, isEmpty, refusalText, whatFrom } from "../diff/report";
import { changeLines } from "../diff/values";
import type { Finding } from "../engine/diagnostics";
import { html, type Html, table } from "./html";
import { link, type StackReport } from "./stack-report";

/** What a change does to the stack: what to look at first, each resource, and the findings before and after. */
export function changesSection(report: StackReport, diff: StackDiff, against: Against): Html {
  const first = [
    ...diff.refusals.map((refusal) => `Pulumi refuses this plan: ${refusalText(refusal)}`),
    ...diff.hazards.map(({ message }) => message),
    ...impactsOf(diff).map(impactText),
  ];
  const rows = (word: string, ones: readonly (Step | Deletion)[]) =>
    ones.map((one) => [
      html`<span class="tag ${word}">${word}</span>`,
      link(report, subjectOf(one).urn),
      "changes" in one && one.operation !== "create" ? html`<pre>${linesOf(one)}</pre>` : "",
    ]);
  const { added, fixed, unchanged } = diff.findings;
  const found = (word: string, ones: readonly Finding[]) =>
    ones.map(({ level, policy, urn }) => [word, level, html`<code>${policy}</code>`, link(report, urn)]);
  return html`<p>
      Compared with ${against.kind === "export" ? basename(against.file) : whatFrom(against)}.
      ${isEmpty(diff) ? "No resource changes." : `${countsOf(diff)}.`}
    </p>
    ${
      first.length === 0
        ? ""
        : html`<div class="caution">
            <h4>Look at these first</h4>
            <ul>
              ${first.map((text) => html`<li>${text}</li>`)}
            </ul>
          </div>`
    }
    ${
      isEmpty(diff) && diff.rename.length === 0
        ? ""
        : table(
            "What changes",
            ["change", "resource", "properties"],
            [
              ...rows("delete", [...diff.delete, ...diff.release]),
              ...rows("forget", diff.forget),
              ...rows(
                "replace",
                diff.replace.filter(({ resource }) => !resource.external),
              ),
              ...rows("update", diff.update),
              ...rows("import", diff.import),
              ...rows("rename", diff.rename),
              ...rows("create", diff.create),
            ],
          )
    }
    ${
      against.kind === "export" || added.length + fixed.length === 0
        ? ""
        : table(
            `New and fixed findings (${unchanged.length} unchanged)`,
            ["state", "level", "policy", "resource"],
            [...found("new", added), ...found("fixed", fixed)],
          )
    }`;
}

function linesOf({ changes }: Step): string {
  return changes.flatMap((change) => changeLines(change, false)).join("\n");
}
