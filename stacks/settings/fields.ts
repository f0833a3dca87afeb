import * as v from "valibot";

/** A setting whose value has the type `T`, parsed from the text in a stack's configuration. */
export type Setting<T> = v.GenericSchema<unknown, T>;

/** The settings of a group, by name. */
export type Fields = Readonly<Record<string, Setting<unknown>>>;

/** The value of a group with these fields. */
export type ValueOf<F extends Fields> = { readonly [K in keyof F]: v.InferOutput<F[K]> };

/** The texts that users see for a setting, or for a part of it. */
export interface Wording {
  /** Its effect, for readers of Pulumi.yaml. */
  readonly description?: string;
  /** The values allowed; completes "allowed: ..." in an error. */
  readonly allowed: string;
  /** A valid value, as text on the command line, or as the elements of a list. */
  readonly example?: string;
  /** Instead of an example: a line of a stack file, in YAML's flow style. */
  readonly line?: string;
  /** Whether the value may contain a secret, intended or not, so that errors show little of it. @default false */
  readonly mayHoldSecret?: boolean;
}

/** The properties of a setting of any type. A setting without a default is required. */
interface About<T> {
  readonly description: string;
  readonly default?: T;
}

interface Worded<T> extends About<T>, Pick<Wording, "mayHoldSecret"> {
  readonly allowed: string;
  readonly example: string;
}

/** Strings that match a pattern. */
export function matching(pattern: RegExp, maxLength?: number): v.GenericSchema<string> {
  return maxLength === undefined
    ? v.pipe(v.string(), v.regex(pattern))
    : v.pipe(v.string(), v.maxLength(maxLength), v.regex(pattern));
}

/**
 * Strings that a function accepts, and that match a pattern if there is one. JSON Schema has the name as a `format`.
 */
export function formatted(
  name: string,
  accepts: (text: string) => boolean,
  pattern?: RegExp,
): v.GenericSchema<string> {
  return v.pipe(pattern === undefined ? v.string() : matching(pattern), v.check(accepts, name));
}

/** A string setting. */
export function text({
  of,
  ...about
}: Worded<string> & { readonly of: v.GenericSchema<string> }): Setting<string> {
  return setting(of, about);
}

/** An optional setting without a default. */
export function optional<T>(of: Setting<T>): Setting<T | undefined> {
  return v.optional(of);
}

interface List<T extends string> extends Worded<readonly T[]> {
  readonly items: v.GenericSchema<T>;
  /** The minimum number of elements. @default 0 */
  readonly minItems?: number;
  /** The greatest number of elements. @default unlimited */
  readonly maxItems?: number;
}

/** A setting that is a list of different strings. */
export function texts<T extends string>({
  items,
  minItems,
  maxItems,
  ...about
}: List<T>): Setting<readonly T[]> {
  const different = v.checkItems<T[], undefined>(
    (item, index, all) => all.indexOf(item) === index,
    undefined,
  );
  return setting(v.pipe(listOfTexts({ items, minItems, maxItems }), different), about);
}

/** A setting that is a list of strings, which may contain duplicates. */
export function words<T extends string>({
  items,
  minItems,
  maxItems,
  ...about
}: List<T>): Setting<readonly T[]> {
  return setting(listOfTexts({ items, minItems, maxItems }), about);
}

function listOfTexts<T extends string>({
  items,
  minItems = 0,
  maxItems = Infinity,
}: {
  readonly items: v.GenericSchema<T>;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
}): v.GenericSchema<T[]> {
  const bounds = [
    ...(minItems > 0 ? [v.minLength<T[], number>(minItems)] : []),
    ...(maxItems < Infinity ? [v.maxLength<T[], number>(maxItems)] : []),
  ];
  return v.pipe(v.array(items), ...bounds);
}

/** A setting that is a list of whole numbers within bounds, each greater than the one before. */
export function ascendingIntegers(
  min: number,
  max: number,
  about: Worded<readonly number[]>,
): Setting<readonly number[]> {
  const isAscending = (values: number[]): boolean =>
    values.every((value, index) => index === 0 || value > (values[index - 1] ?? value));
  return setting(v.pipe(v.array(within(min, max)), v.check(isAscending)), about);
}

/** A setting that is one of a few strings; with an example if it has no default. */
export function oneOf<const T extends string>(
  choices: readonly T[],
  about: { readonly description: string } & ({ readonly default: T } | { readonly example: T }),
): Setting<T> {
  const example = "default" in about ? about.default : about.example;
  return setting(v.picklist(choices), { ...about, allowed: choices.join(", "), example });
}

/** A number with a default or, if it is required, an example. */
type AboutNumber = { readonly description: string } & (
  { readonly default: number } | { readonly example: number }
);

/** A setting that is a whole number within bounds. */
export function integer(min: number, max: number, about: AboutNumber): Setting<number> {
  const example = String("default" in about ? about.default : about.example);
  return setting(within(min, max), { ...about, allowed: `a whole number from ${min} to ${max}`, example });
}

/** A setting that is one of a few whole numbers. */
export function oneOfIntegers<const T extends number>(
  choices: readonly T[],
  about: About<T> & { readonly default: T },
): Setting<T> {
  return setting(v.picklist(choices), {
    ...about,
    allowed: choices.join(", "),
    example: String(about.default),
  });
}

/** A setting that is true or false. */
export function boolean(about: About<boolean> & { readonly default: boolean }): Setting<boolean> {
  return setting(v.boolean(), { ...about, allowed: "true, false", example: String(about.default) });
}

interface Described {
  readonly description: string;
  /** A valid value in a stack file, in YAML's flow style. */
  readonly example: string;
}

/** A setting that groups others. Fields that a stack does not set have their defaults, also if it sets none. */
export function group<F extends Fields>(fields: F, { description, example }: Described): Setting<ValueOf<F>> {
  const schema = mapping(fields, { description, line: example });
  // A group with a required field has no default, so a stack must set the group.
  const isOptional = Object.values(fields).every(({ type }) => type === "optional");
  return (isOptional ? v.optional(schema, {}) : schema) as Setting<ValueOf<F>>;
}

interface Several extends Described {
  /** The maximum number of elements. */
  readonly atMost: number;
}

/** A setting that is a list of groups; empty by default. */
export function listOf<F extends Fields>(
  fields: F,
  { description, example: line, atMost }: Several,
): Setting<readonly ValueOf<F>[]> {
  const allowed = `a list of up to ${atMost} mappings, each with ${keysOf(fields)}`;
  const schema = v.pipe(v.array(mapping(fields, { line })), v.maxLength(atMost));
  return v.optional(v.pipe(schema, v.metadata({ description, allowed, line })), []) as Setting<
    readonly ValueOf<F>[]
  >;
}

/** The strings that a mapping allows as names or values. */
interface Texts {
  readonly of: v.GenericSchema<string>;
  /** Describes these strings. */
  readonly allowed: string;
}

const CAMEL_CASE: Texts = {
  of: matching(/^[a-z][a-zA-Z0-9-]{0,19}$/),
  allowed: "a lowercase letter, then up to 19 letters, digits and hyphens",
};

/**
 * A setting that is a mapping from the user's names to groups; empty by default. By default, names have at most 20
 * characters, because they may become part of AWS names.
 */
export function mapOf<F extends Fields>(
  fields: F,
  { description, example: line, atMost, names = CAMEL_CASE }: Several & { readonly names?: Texts },
): Setting<Readonly<Record<string, ValueOf<F>>>> {
  const allowed = `a mapping of up to ${atMost} names (${names.allowed}) to mappings, each with ${keysOf(fields)}`;
  const schema = v.pipe(v.record(names.of, mapping(fields, { line })), v.maxEntries(atMost));
  return v.optional(v.pipe(schema, v.metadata({ description, allowed, line })), {}) as Setting<
    Readonly<Record<string, ValueOf<F>>>
  >;
}

/** A setting that is a mapping from names to strings; names must differ in more than case. Empty by default. */
export function textsByName({
  description,
  example: line,
  atMost,
  names,
  values,
}: Several & { readonly names: Texts; readonly values: Texts }): Setting<Readonly<Record<string, string>>> {
  const allowed = `a mapping of up to ${atMost} names (${names.allowed}) to strings (${values.allowed})`;
  const differ = (texts: Readonly<Record<string, string>>): boolean =>
    new Set(Object.keys(texts).map((name) => name.toLowerCase())).size === Object.keys(texts).length;
  // YAML parses 4711 as a number, and true as a boolean.
  const value = v.pipe(
    values.of,
    v.metadata({ allowed: values.allowed, line, type: ["string", "number", "boolean"] }),
  );
  const schema = v.pipe(v.record(names.of, value), v.maxEntries(atMost), v.check(differ));
  return v.optional(v.pipe(schema, v.metadata({ description, allowed, line })), {});
}

function setting<T>(
  schema: v.GenericSchema<unknown, unknown> | v.GenericSchema<T>,
  { default: value, ...wording }: About<T> & Wording,
): Setting<T> {
  const { description, allowed, example, mayHoldSecret } = wording;
  const worded = v.pipe(schema, v.metadata({ description, allowed, example, mayHoldSecret }));
  return (value === undefined ? worded : v.optional(worded, value)) as Setting<T>;
}

function mapping(fields: Fields, wording: Omit<Wording, "allowed">) {
  return v.pipe(
    v.strictObject(fields),
    v.metadata({ ...wording, allowed: `a mapping with ${keysOf(fields)}` }),
  );
}

function within(min: number, max: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
}

function keysOf(fields: Fields): string {
  return Object.keys(fields).join(", ");
}
