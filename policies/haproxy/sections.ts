import { wordsOf } from "./words";

/** The words of a line. */
export type Line = readonly string[];

/**
 * A section of a configuration of HAProxy.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#2
 */
export interface Section {
  readonly kind: "global" | "defaults" | "frontend" | "backend" | "listen";
  /** Empty for `global`, and for `defaults` without a name. */
  readonly name: string;
  readonly lines: readonly Line[];
  /** Its `defaults` section: the one it names, or else the last one above it. */
  readonly defaults: Section | undefined;
}

const KINDS: ReadonlySet<string> = new Set(["global", "defaults", "frontend", "backend", "listen"]);

/** Other sections, whose lines are skipped. */
const OTHERS =
  /^(?:resolvers|peers|userlist|mailers|cache|program|http-errors|ring|log-forward|log-profile|crt-store|acme|traces|fcgi-app)$/;

/**
 * The sections of a configuration.
 *
 * @param branches whether the lines between `.if` and `.endif` apply: their conditions are not evaluated
 */
export function sectionsOf(text: string, branches: boolean): Section[] {
  const sections: Section[] = [];
  const environment = new Map<string, string>();
  let lines: Line[] | undefined;
  let last: Section | undefined;
  let depth = 0;
  for (const line of text.replace(/\\\r?\n/g, " ").split(/\r?\n/)) {
    const words = wordsOf(line, environment);
    const [first = "", name = "", from, named] = words;
    if (first === ".if") depth += 1;
    else if (first === ".endif") depth -= 1;
    if (first === "" || first.startsWith(".") || (depth > 0 && !branches)) continue;
    if (KINDS.has(first)) {
      lines = [];
      const isNamed = first !== "global" && name !== "from";
      const other = name === "from" ? from : from === "from" ? named : undefined;
      const section: Section = {
        kind: first as Section["kind"],
        name: isNamed ? name : "",
        lines,
        defaults: defaultsOf(sections, first, other, last),
      };
      sections.push(section);
      if (first === "defaults") last = section;
    } else if (OTHERS.test(first)) {
      lines = undefined;
    } else if (lines !== undefined) {
      lines.push(words);
      if ((first === "setenv" || first === "presetenv") && words.length > 2) environment.set(name, words[2]!);
    }
  }
  return sections;
}

/** A `defaults` section inherits from another only if it names it. */
function defaultsOf(
  sections: readonly Section[],
  kind: string,
  name: string | undefined,
  last: Section | undefined,
): Section | undefined {
  if (name !== undefined)
    return sections.find((section) => section.kind === "defaults" && section.name === name);
  return kind === "defaults" || kind === "global" ? undefined : last;
}

/** The kind and name of a section, as in its first line. */
export function titleOf({ kind, name }: Section): string {
  return name === "" ? kind : `${kind} ${name}`;
}

/** The lines of a section that begin with these words; if it has none, those of its defaults. */
export function linesOf(section: Section, ...first: readonly string[]): readonly Line[] {
  const own = section.lines.filter((words) => first.every((word, index) => words[index] === word));
  return own.length > 0 || section.defaults === undefined ? own : linesOf(section.defaults, ...first);
}

/** The lines that begin with a word, with those of the defaults first, as rules are inherited. */
export function rulesOf(section: Section, first: string): readonly Line[] {
  const inherited = section.defaults === undefined ? [] : rulesOf(section.defaults, first);
  return [...inherited, ...section.lines.filter(([word]) => word === first)];
}

/** Whether an option is on. The last line counts, which may be `no option …`. */
export function hasOption(section: Section, option: string): boolean {
  const said = section.lines.flatMap((words): boolean[] => {
    if (words[0] === "option" && words[1] === option) return [true];
    if (words[0] === "no" && words[1] === "option" && words[2] === option) return [false];
    return [];
  });
  return said.at(-1) ?? (section.defaults !== undefined && hasOption(section.defaults, option));
}

/** Whether a section has mode HTTP; the default is TCP. */
export function isHttp(section: Section): boolean {
  return linesOf(section, "mode").at(-1)?.[1] === "http";
}

/** Whether only the instance itself can reach the addresses of a `bind`. */
export function isPrivate(addresses: string): boolean {
  return addresses
    .split(",")
    .every((address) => /^(?:(?:ipv[46]@)?(?:127\.|localhost:|\[?::1\]?:)|unix@|abns@|\/|fd@)/.test(address));
}
