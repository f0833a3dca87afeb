import type { PolicyConfigSchema } from "@pulumi/policy";
import { distance } from "fastest-levenshtein";

type Schema = PolicyConfigSchema["properties"][string];

/** One setting of a rule. */
export interface Setting<T> {
  /** Its effect, in one sentence. */
  readonly description: string;
  readonly default: T;
  /** The values allowed; completes "it must be …" in an error. */
  readonly allowed: string;
  /** The schema that the engine checks before the pack receives the value. */
  readonly schema: Schema;
  /** The value, or undefined if it is not allowed. */
  parse(value: unknown): T | undefined;
}

/** A rule's settings by name. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values of a rule's settings. */
export type ValuesOf<S extends Settings> = { readonly [K in keyof S]: S[K]["default"] };

/** A whole number from `min` to `max`. */
export function integerSetting(
  min: number,
  max: number,
  value: number,
  description: string,
): Setting<number> {
  return {
    description,
    default: value,
    allowed: `a whole number from ${min} to ${max}`,
    schema: { type: "integer", minimum: min, maximum: max },
    parse: (given) =>
      typeof given === "number" && Number.isInteger(given) && given >= min && given <= max
        ? given
        : undefined,
  };
}

/** True or false. */
export function booleanSetting(value: boolean, description: string): Setting<boolean> {
  return {
    description,
    default: value,
    allowed: "true or false",
    schema: { type: "boolean" },
    parse: (given) => (typeof given === "boolean" ? given : undefined),
  };
}

/** A level of enforcement. */
export function levelSetting(value: Level, description: string): Setting<Level> {
  return {
    description,
    default: value,
    allowed: LEVELS.join(", "),
    schema: { type: "string", enum: [...LEVELS] },
    parse: (given) => LEVELS.find((level) => level === given),
  };
}

const LEVELS = ["advisory", "mandatory", "disabled"] as const;
type Level = (typeof LEVELS)[number];

/** A list of strings. */
export function textsSetting(value: readonly string[], description: string): Setting<readonly string[]> {
  return {
    description,
    default: value,
    allowed: "a list of strings",
    schema: { type: "array", items: { type: "string" } },
    parse: (given) =>
      Array.isArray(given) && given.every((text) => typeof text === "string") ? given : undefined,
  };
}

/** The schema by which the engine checks a rule's configuration. */
export function schemaOf(settings: Settings): PolicyConfigSchema {
  return {
    properties: Object.fromEntries(
      Object.entries(settings).map(([key, { schema, description, default: value }]) => [
        key,
        { ...schema, description, default: value as NonNullable<Schema["default"]> },
      ]),
    ),
  };
}

/**
 * The values of a rule's settings as configured, or their defaults.
 *
 * @throws ConfigurationError that lists every problem. Unknown keys are errors, because an ignored key may be a
 *   mistyped limit
 */
export function valuesOf<S extends Settings>(ruleId: string, settings: S, given: object): ValuesOf<S> {
  const problems: string[] = [];
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(settings, key)) continue;
    const known = Object.keys(settings);
    const has = known.length === 0 ? "It has none" : `It has ${known.join(", ")}`;
    problems.push(`${key} is no setting of it: ${advised(key, known)} ${has}`);
  }
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const value: unknown = (given as Record<string, unknown>)[key];
    const parsed = value === undefined ? setting.default : setting.parse(value);
    if (parsed === undefined)
      problems.push(`${key} is ${JSON.stringify(value)}; it must be ${setting.allowed}`);
    values[key] = parsed;
  }
  if (problems.length > 0)
    throw new ConfigurationError(`The configuration of policy ${ruleId} is wrong: ${problems.join(". ")}.`);
  return values as ValuesOf<S>;
}

/** What to do about an unknown key, which is most likely a mistyped one. */
function advised(key: string, known: readonly string[]): string {
  const [best] = known
    .map((candidate) => ({ candidate, changes: distance(key.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ changes }) => changes <= Math.max(2, key.length / 3))
    .sort((a, b) => a.changes - b.changes);
  return best === undefined ? "remove it." : `did you mean ${best.candidate}?`;
}

/** An error without a stack trace: the SDK prints the stack, which does not help the author of a configuration. */
class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
