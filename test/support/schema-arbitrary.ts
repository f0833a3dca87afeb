/**
 * Generates values that a JSON Schema allows, with fast-check: ordinary values and values at the bounds. It supports
 * the keywords in `stacks/settings.schema.json`, and doesn't depend on the generator of that file.
 */
import fc from "fast-check";

/** The keywords of a JSON Schema that are read here. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Schema;
  readonly maxProperties?: number;
  readonly additionalProperties?: Schema | boolean;
  readonly default?: unknown;
}

/** The maximum number of elements in a list or a mapping without a bound, or with a high one. */
const MOST_ELEMENTS = 6;

/**
 * Values that a schema allows.
 *
 * @param formats - generates texts of each `format`, which describes them better than a pattern
 */
export function valuesOf(
  schema: Schema,
  formats: Readonly<Record<string, fc.Arbitrary<string>>>,
): fc.Arbitrary<unknown> {
  if (schema.anyOf !== undefined)
    return fc.oneof(...schema.anyOf.map((alternative) => valuesOf(alternative, formats)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const [type = ""] = [schema.type].flat();
  switch (type) {
    case "boolean":
      return fc.boolean();
    case "integer":
      return integersOf(schema);
    case "string":
      return textsOf(schema, formats);
    case "array":
      return listsOf(schema, formats);
    case "object":
      return mappingsOf(schema, formats);
    default:
      throw new Error(`There are no values of ${JSON.stringify(schema)}.`);
  }
}

/** Bounds, neighbours of the default, and numbers of any magnitude, because settings are usually small. */
function integersOf({ minimum, maximum, default: usual }: Schema): fc.Arbitrary<number> {
  if (minimum === undefined || maximum === undefined)
    throw new Error("A number without bounds has no extremes.");
  const within = (value: number): number => Math.min(maximum, Math.max(minimum, Math.round(value)));
  const near = typeof usual === "number" ? usual : minimum;
  return fc.oneof(
    fc.constantFrom(minimum, maximum, within(minimum + 1), within(maximum - 1)),
    fc.integer({ min: -3, max: 3 }).map((step) => within(near + step)),
    fc
      .double({ min: 0, max: 1, noNaN: true })
      .map((power) => within(minimum - 1 + (maximum - minimum + 1) ** power)),
  );
}

function textsOf(
  schema: Schema,
  formats: Readonly<Record<string, fc.Arbitrary<string>>>,
): fc.Arbitrary<string> {
  const { format, minLength = 0, maxLength = 300, pattern } = schema;
  const known = format === undefined ? undefined : formats[format];
  if (format !== undefined && known === undefined)
    throw new Error(`There is no generator for texts of the format ${format}.`);
  if (known !== undefined) return known;
  const allowed = pattern === undefined ? /^/u : new RegExp(pattern, "u");
  const some =
    pattern === undefined
      ? fc.string({ minLength, maxLength: Math.min(maxLength, 40), unit: "grapheme" })
      : textsMatching(pattern);
  const isAllowed = (text: string): boolean =>
    [...text].length >= minLength && [...text].length <= maxLength && allowed.test(text);
  return fc
    .tuple(some, fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constant(1)), fc.nat())
    .map(([text, isLong, at]) => (isLong === 1 ? stretched(text, at, maxLength, isAllowed) : text))
    .filter(isAllowed);
}

/** Cached by pattern: parsing one is slow, and several settings use the same pattern in several places. */
const MATCHING = new Map<string, fc.Arbitrary<string>>();

function textsMatching(pattern: string): fc.Arbitrary<string> {
  const made = MATCHING.get(pattern) ?? fc.stringMatching(new RegExp(pattern, "u"), { size: "small" });
  MATCHING.set(pattern, made);
  return made;
}

/** Repeats one character of a text until the text has its maximum length. */
function stretched(
  text: string,
  at: number,
  maxLength: number,
  isAllowed: (text: string) => boolean,
): string {
  const characters = [...text];
  const place = characters.length === 0 ? 0 : at % characters.length;
  const withMore = (more: number): string =>
    [
      ...characters.slice(0, place),
      (characters[place] ?? "").repeat(1 + more),
      ...characters.slice(place + 1),
    ].join("");
  let [fits, tooMany] = [0, Math.max(1, maxLength - characters.length + 1)];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (isAllowed(withMore(middle))) fits = middle;
    else tooMany = middle;
  }
  return withMore(fits);
}

function listsOf(
  schema: Schema,
  formats: Readonly<Record<string, fc.Arbitrary<string>>>,
): fc.Arbitrary<unknown[]> {
  const { items = {}, minItems: minLength = 0, maxItems = Infinity, uniqueItems } = schema;
  const choices = items.enum?.length ?? Infinity;
  const bounds = { minLength, maxLength: Math.min(maxItems, choices, Math.max(minLength, MOST_ELEMENTS)) };
  const element = valuesOf(items, formats);
  if (uniqueItems !== true) return fc.array(element, bounds);
  return fc.uniqueArray(element, { ...bounds, selector: (value) => JSON.stringify(value) });
}

function mappingsOf(
  schema: Schema,
  formats: Readonly<Record<string, fc.Arbitrary<string>>>,
): fc.Arbitrary<object> {
  const { properties, required = [], propertyNames = {}, additionalProperties, maxProperties } = schema;
  if (properties !== undefined) {
    const model = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, valuesOf(property, formats)]),
    );
    return fc.record(model, { requiredKeys: [...required], noNullPrototype: true });
  }
  if (typeof additionalProperties !== "object") throw new Error("A mapping needs a schema for its values.");
  const names = valuesOf(propertyNames, formats) as fc.Arbitrary<string>;
  const maxKeys = Math.min(maxProperties ?? MOST_ELEMENTS, MOST_ELEMENTS);
  return fc.dictionary(names, valuesOf(additionalProperties, formats), { maxKeys, noNullPrototype: true });
}
