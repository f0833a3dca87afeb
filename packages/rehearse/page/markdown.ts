import { styles } from "../report/style";
import { endingOf } from "../report/text";
import { dollars } from "../cost/text";
import { cell } from "../diff/markdown";
import { label } from "../diff/report";
import { costSentence } from "./cost";
import type { Page } from "./layout";

/** The report for a wiki: the verdicts, the drawings in Mermaid, the highest costs, the findings, and the peak. */
export function toMarkdownReport({ project, stacks, version, date }: Page): string {
  return [
    `# ${cell(project)}: rehearsal report`,
    "",
    ...stacks.flatMap((stack) => [`## ${cell(stack.title)}`, "", ...stackLines(stack)]),
    `Made by rehearse ${version} on ${date}. Nothing was deployed. The page beside this file has all details: \`index.html\`.`,
    "",
  ].join("\n");
}

function stackLines({ rehearsal, cost, drawing, peak }: Page["stacks"][number]): string[] {
  const { findings, verdict, diagnostics } = rehearsal;
  const lines = [`**Verdict:** ${cell(endingOf(rehearsal, styles(false)))}`, ""];
  if (verdict === "failed") {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    return [...lines, ...errors.map(({ message }) => `- ${cell(message)}`), ""];
  }
  if (cost !== undefined) lines.push(`**Cost:** ${costSentence(cost)}`, "");
  for (const { name, verdict: carries } of peak?.fleets ?? [])
    lines.push(`**Peak** of ${cell(name)}: ${cell(carries.text)}`, "");
  if (drawing !== undefined) lines.push("```mermaid", drawing.mermaid.trim(), "```", "");
  if (findings.length > 0)
    lines.push(
      "| level | policy | resource | finding |",
      "|---|---|---|---|",
      ...findings.map(
        ({ level, policy, urn, message, exemption }) =>
          `| ${exemption === undefined ? level : `exempt until ${exemption.until}`} | \`${policy}\` | ${cell(urn === "" ? "the stack" : label(urn))} | ${cell(message)} |`,
      ),
      "",
    );
  const areas = (cost?.areas ?? []).filter(({ mostMonthly }) => mostMonthly > 0);
  if (areas.length > 0)
    lines.push(
      "| area | US dollars a month | at the maximum |",
      "|---|---:|---:|",
      ...areas.map(
        ({ area, monthly, mostMonthly }) => `| ${area} | ${dollars(monthly)} | ${dollars(mostMonthly)} |`,
      ),
      "",
    );
  return lines;
}
