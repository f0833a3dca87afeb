import { nearest } from "./nearest";
import type { Definition, NestedFault } from "./setting-types";
import { allows, type JsonSchema, schemaOfText, type TextRule } from "./text-rules";

/** The settings that a structured one holds, by name. */
export type Fields = Readonly<Record<string, Definition<unknown>>>;

/** The value that fields add up to. */
export type ValueOf<F extends Fields> = {
  readonly [K in keyof F]: NonNullable<ReturnType<F[K]["parse"]>>;
};

interface Description {
  readonly description: string;
  /** A good value as it is written in a stack file, in YAML's flow style. */
  readonly example: string;
}

interface ListDescription extends Description {
  /** The most elements. */
  readonly atMost: number;
}

/** A setting that groups others. What a stack leaves out has its field's default, and so has all of it. */
export function group<F extends Fields>(fields: F, description: Description): Definition<ValueOf<F>> {
  const parts = {
    ...description,
    type: "object",
    fields,
    allowed: keysOf(fields),
    schema: schemaOfFields(fields),
  } as const;
  const definition = structured<ValueOf<F>>(parts, (value) => readFields(fields, value, ""));
  // A group with a required field has no default: the stack says all of it, or nothing works.
  const whole = definition.parse("{}");
  return whole === undefined ? definition : { ...definition, default: whole };
}

/** A setting that is a list of groups; empty by default. */
export function listOf<F extends Fields>(
  fields: F,
  { atMost, ...description }: ListDescription,
): Definition<readonly ValueOf<F>[]> {
  const allowed = `a list of up to ${atMost} mappings, each with ${keysOf(fields)}`;
  const parts = {
    ...description,
    type: "array",
    separator: "[].",
    fields,
    allowed,
    schema: { type: "array", maxItems: atMost, items: schemaOfFields(fields) },
  } as const;
  return {
    ...structured<readonly ValueOf<F>[]>(parts, (value) => {
      if (!Array.isArray(value) || value.length > atMost) return [{ at: "", got: value, allowed }];
      return joined(
        value.map((element, index) => readFields(fields, element, `[${index}]`)),
        (elements) => elements,
      );
    }),
    default: Object.freeze([]),
  };
}

/** Which texts a mapping has as names, or values. */
interface Texts extends TextRule {
  /** Which that are, in words. */
  readonly allowed: string;
}

interface MapDescription extends ListDescription {
  /** @default names in camel case, 20 characters at most: they may become part of AWS's names */
  readonly names?: Texts;
}

const CAMEL_CASE: Texts = {
  pattern: /^[a-z][a-zA-Z0-9-]{0,19}$/,
  allowed: "a small letter, then up to 19 letters, digits and hyphens",
};

/** A setting that is a mapping from names of one's own to groups; empty by default. */
export function mapOf<F extends Fields>(
  fields: F,
  { atMost, names: namesOf = CAMEL_CASE, ...description }: MapDescription,
): Definition<Readonly<Record<string, ValueOf<F>>>> {
  const allowed =
    `a mapping of up to ${atMost} names (${namesOf.allowed}) ` + `to mappings, each with ${keysOf(fields)}`;
  const parts = {
    ...description,
    type: "object",
    separator: ".*.",
    fields,
    allowed,
    schema: schemaOfMap(atMost, namesOf, schemaOfFields(fields)),
  } as const;
  return {
    ...structured<Readonly<Record<string, ValueOf<F>>>>(parts, (value) => {
      const names = isMapping(value) ? Object.keys(value) : [];
      if (!isMapping(value) || names.length > atMost || !names.every((name) => allows(namesOf, name)))
        return [{ at: "", got: isMapping(value) ? names : value, allowed }];
      return joined(
        names.map((key) => readFields(fields, value[key], `.${key}`)),
        (values) => Object.fromEntries(names.map((key, index) => [key, values[index]])),
      );
    }),
    default: Object.freeze({}),
  };
}

/** A setting that is a mapping from names to texts, no two names alike but for capitals; empty by default. */
export function textsByName({
  atMost,
  names: namesOf,
  values: valuesOf,
  ...description
}: ListDescription & { names: Texts; values: Texts }): Definition<Readonly<Record<string, string>>> {
  const allowed = `a mapping of up to ${atMost} names (${namesOf.allowed}) to texts (${valuesOf.allowed})`;
  // YAML reads 4711 as a number, and true as a boolean. JSON Schema has no word for capitals that make no difference.
  const schema = schemaOfMap(atMost, namesOf, {
    ...schemaOfText(valuesOf),
    type: ["string", "number", "boolean"],
  });
  return {
    ...structured<Readonly<Record<string, string>>>(
      { ...description, type: "object", allowed, schema },
      (value) => {
        const names = isMapping(value) ? Object.keys(value) : [];
        const differ = new Set(names.map((name) => name.toLowerCase())).size === names.length;
        if (
          !isMapping(value) ||
          names.length > atMost ||
          !differ ||
          !names.every((name) => allows(namesOf, name))
        )
          return [{ at: "", got: isMapping(value) ? names : value, allowed }];
        return joined(
          names.map((name): Read<unknown> => {
            const text = isMapping(value[name]) ? undefined : textOf(value[name]);
            if (text !== undefined && allows(valuesOf, text)) return { value: text };
            return [{ at: `.${name}`, got: value[name], allowed: valuesOf.allowed }];
          }),
          (values) => Object.fromEntries(names.map((name, index) => [name, values[index]])),
        );
      },
    ),
    default: Object.freeze({}),
  };
}

/** Values read, or what is wrong with them. */
type Read<T> = { readonly value: T } | readonly RawFault[];

interface RawFault {
  readonly at: string;
  readonly got: unknown;
  readonly allowed: string;
  readonly remedy?: string;
}

type Parts = Omit<Definition<never>, "parse" | "faults">;

function structured<T>(parts: Parts, read: (value: unknown) => Read<unknown>): Definition<T> {
  const readText = (text: string): Read<unknown> => {
    try {
      return read(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return [{ at: "", got: text, allowed: parts.allowed }];
    }
  };
  return {
    ...parts,
    parse: (text) => {
      const result = readText(text);
      return "value" in result ? (result.value as T) : undefined;
    },
    faults: (text) => {
      const result = readText(text);
      return "value" in result ? [] : result.map((fault) => told(fault, parts));
    },
  };
}

function told({ at, got, allowed, remedy }: RawFault, { example }: Parts): NestedFault {
  return {
    at,
    got: got === undefined ? undefined : textOf(got),
    allowed,
    remedy: remedy ?? `for example, in the stack file: ${example}`,
  };
}

function readFields(fields: Fields, value: unknown, at: string): Read<Readonly<Record<string, unknown>>> {
  if (!isMapping(value)) return [{ at, got: value, allowed: `a mapping with ${keysOf(fields)}` }];
  const names = Object.keys(fields);
  const unknown = Object.keys(value)
    .filter((key) => !Object.hasOwn(fields, key))
    .map((key) => unknownKey(key, names, at));
  const read = joined(
    names.map((name): Read<unknown> => {
      const field = fields[name];
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      const result = given === undefined ? field?.default : field?.parse(textOf(given));
      if (result !== undefined) return { value: result };
      const path = `${at}.${name}`;
      if (given !== undefined && field?.faults !== undefined)
        return field.faults(textOf(given)).map((fault) => ({ ...fault, at: path + fault.at }));
      return [{ at: path, got: given, ...adviceOn(name, field) }];
    }),
    (values) => Object.fromEntries(names.map((name, index) => [name, values[index]])),
  );
  if (unknown.length === 0) return read;
  return "value" in read ? unknown : [...read, ...unknown];
}

function adviceOn(name: string, field?: Definition<unknown>): { allowed: string; remedy: string } {
  const { allowed = "", example = "", type } = field ?? {};
  return { allowed, remedy: `for example: ${name}: ${type === "array" ? `[${example}]` : example}` };
}

/** Its value stays out of the error: a mistyped key may hold anything, a secret too. */
function unknownKey(key: string, names: readonly string[], at: string): RawFault {
  const close = nearest(key, names);
  return {
    at: `${at}.${key}`,
    got: "a key that the setting doesn't have",
    allowed: close ?? names.join(", "),
    remedy: close === undefined ? "remove it" : `did you mean ${close}?`,
  };
}

/** All faults of the parts, or, where there are none, what their values make up. */
function joined<T>(parts: readonly Read<unknown>[], make: (values: readonly unknown[]) => T): Read<T> {
  const faults = parts.flatMap((part) => ("value" in part ? [] : part));
  if (faults.length > 0) return faults;
  return { value: Object.freeze(make(parts.map((part) => ("value" in part ? part.value : undefined)))) };
}

/** The JSON Schema of a mapping with these fields, as an editor shows it. */
export function schemaOfFields(fields: Fields): JsonSchema {
  const required = Object.keys(fields).filter((name) => fields[name]?.default === undefined);
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, { schema, description, default: value }]) => [
        name,
        { ...schema, ...(value === undefined ? {} : { default: value }), description },
      ]),
    ),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

function schemaOfMap(maxProperties: number, names: TextRule, values: JsonSchema): JsonSchema {
  return { type: "object", maxProperties, propertyNames: schemaOfText(names), additionalProperties: values };
}

function keysOf(fields: Fields): string {
  return Object.keys(fields).join(", ");
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** As Pulumi hands a setting over: texts as they are, everything else in JSON. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
