import type { Reading } from "./read";
import type { Settings, ValuesOf } from "./settings";
import type { Stack, StackSubject, Subject } from "./stack";

export type { StackSubject, Subject };

/** One thing a rule objects to. */
export interface Violation {
  /** What is wrong, the value found, what is allowed, and how to put it right. Holds no secret. */
  readonly message: string;
  /**
   * The offending resource.
   * @default the resource being judged; the stack, for a stack-level rule
   */
  readonly urn?: string;
  /**
   * Whether it lies outside what the pack promises, and so only advises, whatever the level of its rule; see
   * {@link RuleFacts.advises}.
   * @default false
   */
  readonly isAdvice?: boolean;
}

/** What a rule is about; see `AREAS` in `./catalog` for what that decides. */
export type Area =
  "tls" | "health" | "exposure" | "evasion" | "refused-by-aws" | "resilience" | "observability";

/** Control ids and pages that a rule rests on. */
export interface Reference {
  /** Such as `ELB.17`, `CIS AWS 5.4`, `REL11-BP01`, or a short title. */
  readonly label: string;
  readonly url: string;
}

interface RuleFacts<S extends Settings> {
  /** Unique in the catalogue, lower-case words with hyphens: the name in output and configuration. */
  readonly id: string;
  readonly area: Area;
  readonly title: string;
  readonly severity: "low" | "medium" | "high" | "critical";
  /** Two sentences: what is demanded, and why. Printed above every violation. */
  readonly description: string;
  /** How to comply, with the code to write. */
  readonly remedy: string;
  /** What the rule rests on: control ids first. */
  readonly references: readonly Reference[];
  /**
   * What a configuration may change, beside the level and the exemptions.
   * @default nothing
   */
  readonly settings?: S;
  /**
   * The level without configuration.
   * @default what `AREAS` says of the rule's area
   */
  readonly enforcementLevel?: "advisory" | "mandatory";
  /**
   * What a mandatory rule only advises of: what its violations with `isAdvice` are about, to complete "It only advises
   * of …". It gets the setting `adviceLevel`.
   * @default nothing
   */
  readonly advises?: string;
  /**
   * What in a configuration permits what the rule refuses, where that is sound, such as "the setting worldPorts".
   * @default an exemption
   */
  readonly permits?: string;
  /**
   * What the profile `strict` sets beside the levels.
   * @default nothing
   */
  readonly strict?: Partial<ValuesOf<S>>;
}

/** Judges one resource by its inputs. Blocks before the resource is created, in preview and in up. */
export interface ResourceRule<S extends Settings = Settings> extends RuleFacts<S> {
  readonly level: "resource";
  /** The type tokens it applies to; `"*"` for all. */
  readonly types: readonly string[] | "*";
  // A method, so that a rule of certain settings is a rule.
  judge(resource: Subject, settings: ValuesOf<S>): Violation[];
}

/** Judges the resources of a stack together. Blocks a preview; in an up it speaks after the fact. */
export interface StackRule<S extends Settings = Settings> extends RuleFacts<S> {
  readonly level: "stack";
  judge(stack: Stack, settings: ValuesOf<S>): Violation[];
}

export type Rule = ResourceRule | StackRule;

/** A rule whose settings the compiler knows by name. */
export function resourceRule<S extends Settings = Record<never, never>>(
  rule: ResourceRule<S>,
): ResourceRule<S> {
  return rule;
}

/** As {@link resourceRule}, for the resources of a stack. */
export function stackRule<S extends Settings = Record<never, never>>(rule: StackRule<S>): StackRule<S> {
  return rule;
}

/**
 * One violation for all the problems of one thing, or none.
 *
 * @param problems sentences without a full stop
 * @param fix the code to write
 */
export function violations(
  problems: readonly (string | undefined)[],
  fix: string,
  urn?: string,
): Violation[] {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length === 0) return [];
  const message = [...found.map((problem) => `${problem}.`), `Fix: ${fix}`].join("\n");
  return [urn === undefined ? { message } : { message, urn }];
}

/** As {@link violations}, of what lies outside what the pack promises. */
export function advice(problems: readonly (string | undefined)[], fix: string, urn?: string): Violation[] {
  return violations(problems, fix, urn).map((violation) => ({ ...violation, isAdvice: true }));
}

/** What a literal has to be. */
export interface Expectation {
  /** True if a known value will do. */
  readonly accepts: (value: unknown) => boolean;
  /** Completes "it must be …". */
  readonly allowed: string;
  /**
   * The strings that may be repeated in a message: AWS's own vocabulary for the field. The SDK does not tell
   * policies which values are secret, so any other string is described, not shown.
   * @default no string is shown
   */
  readonly vocabulary?: RegExp;
  /**
   * What AWS takes when the value is left out, to complete "is not set, which means …".
   * @default nothing is said of it
   */
  readonly absentMeans?: string;
}

/**
 * Says what is wrong with a value that has to be literal, or nothing. Absent and unknown values are problems too:
 * what cannot be read in a preview cannot be promised.
 *
 * @param label the property as its author wrote it, for example `defaultActions[0].redirect.port`
 */
export function problem(label: string, reading: Reading, expected: Expectation): string | undefined {
  if (reading.kind === "known" && expected.accepts(reading.value)) return undefined;
  const { absentMeans, allowed, vocabulary } = expected;
  const meaning =
    reading.kind === "absent" && absentMeans !== undefined ? `, which means ${absentMeans}` : "";
  return `${label} ${describe(reading, vocabulary)}${meaning}; it must be ${allowed}`;
}

/** Completes a sentence that begins with a property's name: "is not set", "is 5", `is "HTTP"`. */
export function describe(reading: Reading, vocabulary?: RegExp): string {
  switch (reading.kind) {
    case "absent":
      return "is not set";
    case "unknown":
      return "is not known before deployment";
    case "known":
      return `is ${show(reading.value, vocabulary)}`;
  }
}

function show(value: unknown, vocabulary?: RegExp): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    if (value === "") return "an empty string";
    return vocabulary?.test(value)
      ? JSON.stringify(value)
      : "another string (not shown, as it may be secret)";
  }
  return Array.isArray(value) ? "a list" : "an object";
}
