import type { Reading } from "./read";
import type { Settings, ValuesOf } from "./settings";
import type { Stack, StackSubject, Subject } from "./stack";

export type { StackSubject, Subject };

/** One thing a rule objects to. */
export interface Violation {
  /** What is wrong, the value found, what is allowed, and how to fix it. Holds no secret. */
  readonly message: string;
  /**
   * The offending resource.
   * @default the resource being judged; the stack, for a stack-level rule
   */
  readonly urn?: string;
  /**
   * Whether the violation is outside what the pack promises. It is then reported at the rule's `adviceLevel`; see
   * {@link RuleFacts.advises}.
   * @default false
   */
  readonly isAdvice?: boolean;
}

/** The subject of a rule; `AREAS` in `./catalog` has the title and default level of each. */
export type Area =
  "tls" | "health" | "exposure" | "evasion" | "refused-by-aws" | "resilience" | "observability";

/** A control id or page that a rule is based on. */
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
  /** Two sentences: what the rule requires, and why. Printed above every violation. */
  readonly description: string;
  /** How to comply, with the code to write. */
  readonly remedy: string;
  /** What the rule is based on: control ids first. */
  readonly references: readonly Reference[];
  /**
   * What a configuration may change, in addition to the level and the exemptions.
   * @default nothing
   */
  readonly settings?: S;
  /**
   * The level without configuration.
   * @default the level of the rule's area in `AREAS`
   */
  readonly enforcementLevel?: "advisory" | "mandatory";
  /**
   * The subject of the violations with `isAdvice` that a mandatory rule reports; completes "Advisory only: …". Such a
   * rule has the setting `adviceLevel`.
   * @default nothing
   */
  readonly advises?: string;
  /**
   * What in a configuration permits a safe exception to the rule, such as "the setting worldPorts".
   * @default an exemption
   */
  readonly permits?: string;
  /**
   * What the profile `strict` sets in addition to the levels.
   * @default nothing
   */
  readonly strict?: Partial<ValuesOf<S>>;
}

/** Judges one resource by its inputs. Blocks the resource before it is created, in `preview` and in `up`. */
export interface ResourceRule<S extends Settings = Settings> extends RuleFacts<S> {
  readonly level: "resource";
  /** The type tokens it applies to; `"*"` for all. */
  readonly types: readonly string[] | "*";
  // A method, so that a rule with specific settings is assignable to `Rule`.
  judge(resource: Subject, settings: ValuesOf<S>): Violation[];
}

/** Judges the resources of a stack together. Blocks in `preview`; in `up` it runs after the resources exist. */
export interface StackRule<S extends Settings = Settings> extends RuleFacts<S> {
  readonly level: "stack";
  judge(stack: Stack, settings: ValuesOf<S>): Violation[];
}

export type Rule = ResourceRule | StackRule;

/** Declares a rule with typed settings. */
export function resourceRule<S extends Settings = Record<never, never>>(
  rule: ResourceRule<S>,
): ResourceRule<S> {
  return rule;
}

/** Like {@link resourceRule}, for a rule at stack level. */
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

/** Like {@link violations}, for violations outside what the pack promises. */
export function advice(problems: readonly (string | undefined)[], fix: string, urn?: string): Violation[] {
  return violations(problems, fix, urn).map((violation) => ({ ...violation, isAdvice: true }));
}

/** What a literal must be. */
export interface Expectation {
  /** Whether a known value is allowed. */
  readonly accepts: (value: unknown) => boolean;
  /** Completes "it must be …". */
  readonly allowed: string;
  /**
   * The strings that a message may repeat: AWS's own vocabulary for the field. The SDK does not tell policies which
   * values are secret, so a message only describes any other string.
   * @default no string is shown
   */
  readonly vocabulary?: RegExp;
  /**
   * The value that AWS uses when it is not set; completes "is not set, which means …".
   * @default the message leaves this out
   */
  readonly absentMeans?: string;
}

/**
 * Says what is wrong with a value that must be literal; undefined if nothing is. Absent and unknown values are
 * problems too: the pack cannot guarantee what it cannot read in a preview.
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
