import * as v from "valibot";

/** A setting whose value has the type `T`, whatever the text that a stack's configuration has for it. */
export type Setting<T> = v.GenericSchema<unknown, T>;

/** The settings that a group holds, by name. */
export type Fields = Readonly<Record<string, Setting<unknown>>>;

/** The value that fields add up to. */
export type ValueOf<F extends Fields> = { readonly [K in keyof F]: v.InferOutput<F[K]> };

/** What people are told of a setting, or of a part of it. */
export interface Wording {
  /** What it does, in one sentence for its reader in Pulumi.yaml. */
  readonly description?: string;
  /** What values are allowed, as an error completes "allowed: ...". */
  readonly allowed: string;
  /** A good value, as text on the command line, or as the elements of a list. */
  readonly example?: string;
  /** In place of an example: a line of a stack file, in YAML's flow style. */
  readonly line?: string;
  /** Whether people may put a secret there, rightly or not: errors show little of it. @default false */
  readonly mayHoldSecret?: boolean;
}

/** What a setting of any type needs; without a default a stack has to set it. */
interface About<T> {
  readonly description: string;
  readonly default?: T;
}

interface Worded<T> extends About<T>, Pick<Wording, "mayHoldSecret"> {
  readonly allowed: string;
  readonly example: string;
}

/** Texts that a pattern tells. */
export function matching(pattern: RegExp, maxLength?: number): v.GenericSchema<string> {
  return maxLength === undefined
    ? v.pipe(v.string(), v.regex(pattern))
    : v.pipe(v.string(), v.maxLength(maxLength), v.regex(pattern));
}

/** Texts, of those that a pattern tells if there is one, that a function accepts; JSON Schema has its name as a `format`. */
export function formatted(
  name: string,
  accepts: (text: string) => boolean,
  pattern?: RegExp,
): v.GenericSchema<string> {
  return v.pipe(pattern === undefined ? v.string() : matching(pattern), v.check(accepts, name));
}

/** A setting that is a text. */
export function text({
  of,
  ...about
}: Worded<string> & { readonly of: v.GenericSchema<string> }): Setting<string> {
  return setting(of, about);
}

/** A setting that a stack may leave out, and that has no value then. */
export function optional<T>(of: Setting<T>): Setting<T | undefined> {
  return v.optional(of);
}

interface List<T extends string> extends Worded<readonly T[]> {
  readonly items: v.GenericSchema<T>;
  /** The least number of elements. @default 0 */
  readonly minItems?: number;
  /** The greatest number of elements. @default as many as there are */
  readonly maxItems?: number;
}

/** A setting that is a list of different texts. */
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

/** A setting that is a list of texts, some of which may be the same. */
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

/** A setting that is one of a few texts; without a default, with an example. */
export function oneOf<const T extends string>(
  choices: readonly T[],
  about: { readonly description: string } & ({ readonly default: T } | { readonly example: T }),
): Setting<T> {
  const example = "default" in about ? about.default : about.example;
  return setting(v.picklist(choices), { ...about, allowed: choices.join(", "), example });
}

/** A number with a default, or, where the stack has to give one, an example. */
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
  /** A good value as it is written in a stack file, in YAML's flow style. */
  readonly example: string;
}

/** A setting that groups others. What a stack leaves out has its field's default, and so has all of it. */
export function group<F extends Fields>(fields: F, { description, example }: Described): Setting<ValueOf<F>> {
  const schema = mapping(fields, { description, line: example });
  // A group with a required field has no default: the stack says all of it, or nothing works.
  const isOptional = Object.values(fields).every(({ type }) => type === "optional");
  return (isOptional ? v.optional(schema, {}) : schema) as Setting<ValueOf<F>>;
}

interface Several extends Described {
  /** The most elements. */
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

/** Which texts a mapping has as names, or values. */
interface Texts {
  readonly of: v.GenericSchema<string>;
  /** Which that are, in words. */
  readonly allowed: string;
}

const CAMEL_CASE: Texts = {
  of: matching(/^[a-z][a-zA-Z0-9-]{0,19}$/),
  allowed: "a small letter, then up to 19 letters, digits and hyphens",
};

/**
 * A setting that is a mapping from names of one's own to groups; empty by default. The names are in camel case unless
 * said otherwise, 20 characters at most: they may become part of AWS's names.
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

/** A setting that is a mapping from names to texts, no two names alike but for capitals; empty by default. */
export function textsByName({
  description,
  example: line,
  atMost,
  names,
  values,
}: Several & { readonly names: Texts; readonly values: Texts }): Setting<Readonly<Record<string, string>>> {
  const allowed = `a mapping of up to ${atMost} names (${names.allowed}) to texts (${values.allowed})`;
  const differ = (texts: Readonly<Record<string, string>>): boolean =>
    new Set(Object.keys(texts).map((name) => name.toLowerCase())).size === Object.keys(texts).length;
  // YAML reads 4711 as a number, and true as a boolean.
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
