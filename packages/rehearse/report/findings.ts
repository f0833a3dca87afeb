import type { Finding } from "../engine/diagnostics";
import { nameOf, typeOf } from "../engine/urn";
import { indent, type Style } from "./style";

/** The rule and the resource of a finding, after a word on it. */
export function findingHead(finding: Finding, style: Style, word = ""): string {
  return head(finding, finding.urn === "" ? "" : aboutOf(finding.urn), style, word);
}

/** The same, with what is wrong and how to fix it. */
function findingText(finding: Finding, style: Style, word = ""): string {
  return `${findingHead(finding, style, word)}\n${indent(finding.message.trim(), 10)}`;
}

/**
 * Findings by rule: what a rule says of all of its resources, of what it is about and how to fix it, is said once.
 *
 * @param word - what is said before each. @default nothing
 * @returns a text for each rule, in the order in which they are first heard
 */
export function findingsByRule(findings: readonly Finding[], style: Style, word = ""): string[] {
  const rules = new Map<string, Finding[]>();
  for (const finding of findings) {
    const rule = `${statusOf(finding)} ${finding.policy}`;
    rules.set(rule, [...(rules.get(rule) ?? []), finding]);
  }
  return [...rules.values()].map((group) =>
    group.length > 1
      ? groupText(group, style, word)
      : group.map((finding) => findingText(finding, style, word)).join(""),
  );
}

function groupText(group: readonly Finding[], style: Style, word: string): string {
  const [first] = group as readonly [Finding, ...Finding[]];
  const isOfEach = new Set(group.map(({ urn }) => urn)).size === group.length;
  const messages = group.map(({ message }) => message.trim().split("\n"));
  // A message begins with what its rule is about.
  const about = common(messages.map((lines) => lines.slice(0, 1)));
  const rest = messages.map((lines) => lines.slice(about.length));
  const fix = common(rest.map((lines) => lines.toReversed())).toReversed();
  const own = rest.map((lines) => lines.slice(0, lines.length - fix.length));
  return [
    head(first, `${group.length} ${isOfEach ? "resources" : "times"}`, style, word),
    ...about.map((line) => indent(line, 10)),
    ...group.flatMap(({ urn }, index) => [
      indent(style.bold(urn === "" ? "the stack" : aboutOf(urn)), 10),
      ...(own[index] ?? []).map((line) => indent(line, 12)),
    ]),
    ...fix.map((line) => indent(line, 10)),
  ].join("\n");
}

/** The lines with which all of them begin. */
function common(texts: readonly (readonly string[])[]): string[] {
  const [first = []] = texts;
  const length = first.findIndex((line, index) => texts.some((lines) => lines[index] !== line));
  return first.slice(0, length === -1 ? first.length : length);
}

function aboutOf(urn: string): string {
  return `${typeOf(urn)}: ${nameOf(urn)}`;
}

/** The level of a finding, or until when it is exempt. */
function statusOf({ level, exemption }: Finding): string {
  return exemption === undefined ? level : `exempt until ${exemption.until}`;
}

function head(finding: Finding, about: string, style: Style, word = ""): string {
  const { level, policy } = finding;
  const colour = level === "mandatory" ? style.red : style.yellow;
  const what = about === "" ? "" : `  (${about})`;
  return indent(`${word}${colour(`[${statusOf(finding)}]`)}  ${style.bold(policy)}${what}`, 8);
}
