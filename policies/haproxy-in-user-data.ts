import { type Subject, type Violation, violations } from "./rule";
import { textsIn, userDataOf } from "./user-data";

/**
 * A section of a configuration of HAProxy.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#2
 */
export interface HaproxySection {
  readonly kind: (typeof KINDS)[number];
  /** Empty for `global`, and for `defaults` without a name. */
  readonly name: string;
  /** Its lines, each in words, comments left out. */
  readonly lines: readonly (readonly string[])[];
  /** The `defaults` above it, or nothing. */
  readonly defaults: HaproxySection | undefined;
}

/** A configuration in user data. */
export interface HaproxyConfiguration {
  /** The property that holds it. */
  readonly label: string;
  readonly sections: readonly HaproxySection[];
}

const KINDS = ["global", "defaults", "frontend", "backend", "listen"] as const;

/** Other sections: their lines are none of ours. */
const OTHERS =
  /^(?:resolvers|peers|userlist|mailers|cache|program|http-errors|ring|log-forward|crt-store|traces)$/;

/** The configurations of HAProxy in what an instance runs at first boot, as far as that is known. */
function haproxyConfigurations(resource: Subject): HaproxyConfiguration[] {
  return userDataOf(resource).flatMap(({ label, text }) =>
    textsIn(text)
      .map((inner) => ({ label, sections: sectionsIn(inner) }))
      .filter(({ sections }) => sections.some(({ kind }) => kind === "frontend" || kind === "listen")),
  );
}

/** What is wrong with each configuration of a resource, in one violation with what mends it. */
export function judgeConfigurations(
  resource: Subject,
  fix: string,
  faultsOf: (configuration: HaproxyConfiguration) => readonly string[],
): Violation[] {
  return haproxyConfigurations(resource).flatMap((configuration) => violations(faultsOf(configuration), fix));
}

/** The sections in a text: a configuration by itself, in a here-document, or in a block of YAML. */
function sectionsIn(text: string): HaproxySection[] {
  if (!/haproxy/i.test(text)) return [];
  const sections: HaproxySection[] = [];
  let current: { readonly lines: string[][]; readonly indent: number } | undefined;
  let defaults: HaproxySection | undefined;
  let end: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (end !== undefined && trimmed === end) {
      [current, end, defaults] = [undefined, undefined, undefined];
      continue;
    }
    const marker = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2];
    if (end === undefined && marker !== undefined) {
      [current, end] = [undefined, marker];
      continue;
    }
    const words = wordsOf(trimmed);
    const [first = ""] = words;
    if (first === "") continue;
    const indent = line.length - line.trimStart().length;
    const kind = KINDS.find((each) => each === first);
    if (kind !== undefined && words.length <= (kind === "global" ? 1 : 4)) {
      const lines: string[][] = [];
      const section = { kind, name: words[1] ?? "", lines, defaults };
      sections.push(section);
      current = { lines, indent };
      if (kind === "defaults") defaults = section;
    } else if (OTHERS.test(first) || (current !== undefined && indent < current.indent)) {
      current = undefined;
    } else {
      current?.lines.push(words);
    }
  }
  return sections;
}

/** Words as HAProxy takes them: quoted ones are one, `#` begins a comment. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith("#"));
  return (comment === -1 ? words : words.slice(0, comment)).map((word) => word.replace(/["']/g, ""));
}

/** A section's own lines with one of these first words; if there is none, its defaults'. */
export function linesOf(section: HaproxySection, ...first: readonly string[]): (readonly string[])[] {
  const has = (words: readonly string[]): boolean => first.every((word, index) => words[index] === word);
  const own = section.lines.filter(has);
  return own.length > 0 ? own : (section.defaults?.lines.filter(has) ?? []);
}

/** Whether a section speaks HTTP; without a mode it is TCP. */
export function isHttp(section: HaproxySection): boolean {
  return linesOf(section, "mode").at(-1)?.[1] === "http";
}

/** Whether only the instance itself reaches an address of `bind`. */
export function isPrivate(addresses: string): boolean {
  return addresses
    .split(",")
    .every((address) => /^(?:(?:ipv[46]@)?(?:127\.|localhost:|\[?::1\]?:)|unix@|abns@|\/|fd@)/.test(address));
}
