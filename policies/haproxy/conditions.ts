import type { Line, Section } from "./sections";

/** A fact about a request, in the words of its `acl` or of its braces. */
export interface Atom {
  /** The words as text, which identify the fact. */
  readonly key: string;
  readonly words: readonly string[];
}

/** A condition: true if all terms of one of these lists are. */
export type Condition = readonly (readonly Term[])[];

interface Term {
  readonly isNot: boolean;
  /** `acl` lines with the same name: the term is true if one of them is. */
  readonly anyOf: readonly Atom[];
}

/** A line without its final `if` or `unless`, and the condition. */
export interface Conditional {
  readonly words: readonly string[];
  /** The condition; always true if the line has none. */
  readonly when: Condition;
  readonly isUnless: boolean;
}

const ALWAYS: Condition = [[]];

/** The lines `acl NAME …` that a section may use. */
export function aclsOf(section: Section): ReadonlyMap<string, readonly Atom[]> {
  const acls = new Map(section.defaults === undefined ? [] : aclsOf(section.defaults));
  for (const [first, name, ...words] of section.lines) {
    if (first === "acl" && name !== undefined) acls.set(name, [...(acls.get(name) ?? []), atomOf(words)]);
  }
  return acls;
}

/**
 * Splits a line at its condition.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#7.2
 */
export function conditionalOf(line: Line, acls: ReadonlyMap<string, readonly Atom[]>): Conditional {
  const at = line.findIndex((word) => word === "if" || word === "unless");
  if (at === -1) return { words: line, when: ALWAYS, isUnless: false };
  return {
    words: line.slice(0, at),
    when: conditionOf(line.slice(at + 1), acls),
    isUnless: line[at] === "unless",
  };
}

function conditionOf(words: readonly string[], acls: ReadonlyMap<string, readonly Atom[]>): Condition {
  const any: Term[][] = [[]];
  let isNot = false;
  for (let at = 0; at < words.length; at += 1) {
    let word = words[at]!;
    if (word === "or" || word === "||") {
      any.push([]);
      continue;
    }
    while (word.startsWith("!")) {
      isNot = !isNot;
      word = word.slice(1);
    }
    if (word === "") continue;
    let anyOf: readonly Atom[];
    if (word === "{") {
      const end = words.indexOf("}", at);
      anyOf = [atomOf(words.slice(at + 1, end === -1 ? words.length : end))];
      at = end === -1 ? words.length : end;
    } else {
      anyOf = acls.get(word) ?? [{ key: `acl ${word}`, words: [word] }];
    }
    any.at(-1)!.push({ isNot, anyOf });
    isNot = false;
  }
  return any;
}

function atomOf(words: readonly string[]): Atom {
  return { key: words.join(" "), words };
}

/** The facts that some conditions depend on. */
export function atomsOf(conditionals: readonly Conditional[]): readonly Atom[] {
  const atoms = conditionals.flatMap(({ when }) => when.flat().flatMap(({ anyOf }) => anyOf));
  return [...new Map(atoms.map((atom) => [atom.key, atom])).values()];
}

/** Whether a line applies to a request for which some facts are true. */
export function holds({ when, isUnless }: Conditional, isTrue: (atom: Atom) => boolean): boolean {
  const found = when.some((all) => all.every(({ isNot, anyOf }) => anyOf.some(isTrue) !== isNot));
  return found !== isUnless;
}
