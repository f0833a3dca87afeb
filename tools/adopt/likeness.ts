import { isMap, isSecret, UNKNOWN, type Value, type Values } from "../../packages/rehearse/values";
import { literal, partsOf, referenceOf } from "./references";

/** The context for comparing two values. */
export interface Knowledge {
  /** The likelihood that two resources are the same, from 0 to 1. */
  readonly sameResource: (program: string, state: string) => number;
  /** Strings of the program that were made up in place of AWS's answers. */
  readonly madeUp: Iterable<string>;
  /** Called with the string in the state that corresponds to a made-up one. @default not called */
  readonly learn?: (madeUp: string, truth: string) => void;
}

/** Compares values of a program with those of a state. */
export class Likeness {
  private readonly madeUp: RegExp | undefined;
  /** For tentative comparisons: it doesn't call `learn`. */
  private readonly trial: Likeness;

  constructor(private readonly knowledge: Knowledge) {
    const { learn, ...others } = knowledge;
    this.trial = learn === undefined ? this : new Likeness(others);
    const texts = [...knowledge.madeUp].sort((a, b) => b.length - a.length).map(literal);
    this.madeUp = texts.length === 0 ? undefined : new RegExp(`(${texts.join("|")})`);
  }

  /**
   * How similar two values are, from 0 to 1; undefined if one of them isn't known.
   *
   * @param mine - the program's value, with URNs for references
   * @param theirs - the value in the state
   */
  of(mine: Value | undefined, theirs: Value | undefined): number | undefined {
    const [one, other] = [bare(mine), bare(theirs)];
    if (one === UNKNOWN || other === UNKNOWN) return undefined;
    if (one === other) return typeof one === "string" ? this.ofTexts(one, one) : 1;
    if (isMap(one) && isMap(other)) return this.ofMaps(one, other);
    if (Array.isArray(one) && Array.isArray(other)) return this.ofLists(one, other);
    if (typeof one === "string" && typeof other === "string") return this.ofTexts(one, other);
    // The provider keeps many numbers as strings.
    return isScalar(one) && isScalar(other) && String(one) === String(other) ? 1 : 0;
  }

  private ofMaps(mine: Values, theirs: Values): number | undefined {
    const keys = new Set(
      [...Object.keys(mine), ...Object.keys(theirs)].filter((key) => !key.startsWith("__")),
    );
    return keys.size === 0 ? 1 : mean([...keys].map((key) => this.of(mine[key], theirs[key])));
  }

  /** Lists in any order: each element is compared with the most similar one. */
  private ofLists(mine: readonly Value[], theirs: readonly Value[]): number | undefined {
    const rest = [...theirs];
    const found = mine.map((one) => {
      let [best, at] = [-1, -1];
      for (const [index, other] of rest.entries()) {
        const like = this.trial.of(one, other) ?? 0.5;
        if (like > best) [best, at] = [like, index];
      }
      if (at < 0) return 0;
      const [other] = rest.splice(at, 1);
      return this.of(one, other);
    });
    return mean([...found, ...rest.map(() => 0)]) ?? 1;
  }

  private ofTexts(mine: string, theirs: string): number {
    const [parts, others] = [partsOf(mine), partsOf(theirs)];
    if (parts.length !== others.length)
      return this.madeUp?.test(mine) === true ? this.ofPattern(mine, theirs) : 0;
    let like = 1;
    for (const [index, part] of parts.entries()) {
      const other = others[index] ?? "";
      const isReference = index % 2 === 1;
      like = Math.min(like, isReference ? this.ofReferences(part, other) : this.ofPattern(part, other));
    }
    return like;
  }

  private ofReferences(mine: string, theirs: string): number {
    const [one, other] = [referenceOf(mine), referenceOf(theirs)];
    return one.output === other.output ? this.knowledge.sameResource(one.urn, other.urn) : 0;
  }

  /** A made-up part matches any text. */
  private ofPattern(mine: string, theirs: string): number {
    if (this.madeUp === undefined || !this.madeUp.test(mine)) return mine === theirs ? 1 : 0;
    const pieces = mine.split(this.madeUp);
    const pattern = pieces
      .map((piece, index) => (index % 2 === 1 ? "([^/:,\\s]+)" : literal(piece)))
      .join("");
    const found = new RegExp(`^${pattern}$`).exec(theirs);
    if (found === null) return 0;
    for (const [index, truth] of found.slice(1).entries())
      this.knowledge.learn?.(pieces[2 * index + 1] ?? "", truth);
    return 1;
  }
}

const isScalar = (value: Value | undefined): value is string | number | boolean =>
  value !== undefined && typeof value !== "object";

/** Removes the secret mark; a missing value becomes what a provider assumes for it. */
function bare(value: Value | undefined): Value | undefined {
  if (isSecret(value)) return bare(value["value"] ?? UNKNOWN);
  return value === null || value === false || value === "" ? undefined : value;
}

/** The mean of the known numbers; undefined if none is known. */
function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
