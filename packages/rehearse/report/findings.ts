import type { Finding } from "../engine/diagnostics";
import { nameOf, typeOf } from "../engine/urn";
import { indent, type Style } from "./style";

/** The policy and the resource of a finding, with an optional word before them. */
export function findingHead(finding: Finding, style: Style, word = ""): string {
  return head(finding, finding.urn === "" ? "" : aboutOf(finding.urn), style, word);
}

/** The same, with the problem and the fix. */
function findingText(finding: Finding, style: Style, word = ""): string {
  return `${findingHead(finding, style, word)}\n${indent(finding.message.trim(), 10)}`;
}

/** The findings of a policy: first what is common to all of its resources, then each resource. */
export interface RuleFindings {
  readonly first: Finding;
  /** The common subject; empty if the policy has one finding. */
  readonly about: readonly string[];
  readonly own: readonly { readonly finding: Finding; readonly lines: readonly string[] }[];
  /** The common fix; empty if the policy has one finding. */
  readonly fix: readonly string[];
}

/** Groups findings by policy and status, in the order of their first finding. */
export function groupByRule(findings: readonly Finding[]): RuleFindings[] {
  const rules = new Map<string, Finding[]>();
  for (const finding of findings) {
    const rule = `${statusOf(finding)} ${finding.policy}`;
    rules.set(rule, [...(rules.get(rule) ?? []), finding]);
  }
  return [...rules.values()].map((group) => {
    const [first] = group as [Finding, ...Finding[]];
    const messages = group.map(({ message }) => message.trim().split("\n"));
    const isOne = group.length === 1;
    // A message begins with the subject of its policy.
    const about = isOne ? [] : common(messages.map((lines) => lines.slice(0, 1)));
    const rest = messages.map((lines) => lines.slice(about.length));
    const fix = isOne ? [] : common(rest.map((lines) => lines.toReversed())).toReversed();
    const own = rest.map((lines) => lines.slice(0, lines.length - fix.length));
    return { first, about, fix, own: group.map((finding, index) => ({ finding, lines: own[index] ?? [] })) };
  });
}

/**
 * Formats grouped findings as texts.
 *
 * @param word - the word before each. @default none
 */
export function findingsByRule(findings: readonly Finding[], style: Style, word = ""): string[] {
  return groupByRule(findings).map((group) =>
    group.own.length > 1 ? groupText(group, style, word) : findingText(group.first, style, word),
  );
}

function groupText({ first, about, own, fix }: RuleFindings, style: Style, word: string): string {
  const isOfEach = new Set(own.map(({ finding }) => finding.urn)).size === own.length;
  return [
    head(first, `${own.length} ${isOfEach ? "resources" : "times"}`, style, word),
    ...about.map((line) => indent(line, 10)),
    ...own.flatMap(({ finding: { urn }, lines }) => [
      indent(style.bold(urn === "" ? "the stack" : aboutOf(urn)), 10),
      ...lines.map((line) => indent(line, 12)),
    ]),
    ...fix.map((line) => indent(line, 10)),
  ].join("\n");
}

/** The lines that all texts begin with. */
function common(texts: readonly (readonly string[])[]): string[] {
  const [first = []] = texts;
  const length = first.findIndex((line, index) => texts.some((lines) => lines[index] !== line));
  return first.slice(0, length === -1 ? first.length : length);
}

function aboutOf(urn: string): string {
  return `${typeOf(urn)}: ${nameOf(urn)}`;
}

/** The level of a finding, or the date until which it is exempt. */
export function statusOf({ level, exemption }: Finding): string {
  return exemption === undefined ? level : `exempt until ${exemption.until}`;
}

function head(finding: Finding, about: string, style: Style, word = ""): string {
  const { level, policy } = finding;
  const colour = level === "mandatory" ? style.red : style.yellow;
  const what = about === "" ? "" : `  (${about})`;
  return indent(`${word}${colour(`[${statusOf(finding)}]`)}  ${style.bold(policy)}${what}`, 8);
}
