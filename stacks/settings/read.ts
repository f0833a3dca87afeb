import * as v from "valibot";

import type { Setting, Wording } from "./fields";
import { nearest } from "./nearest";
import { shown, textOf } from "./shown";

export { textOf } from "./shown";

/** The path of a value: the names and indices that lead to it from the outermost value. */
export type Path = readonly (string | number)[];

/** One problem of a value, with its place. */
export interface Misfit {
  readonly path: Path;
  /** The value there, as {@link shownAt} shows it; undefined if there is none. */
  readonly got: string | undefined;
  /** The values allowed. */
  readonly allowed: string;
  /** How to correct it. */
  readonly remedy: string;
}

/** The run-time properties of a schema of any kind. */
export interface Shape {
  readonly type: string;
  readonly default?: unknown;
  readonly wrapped?: Shape;
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly value?: Shape;
  readonly options?: readonly unknown[];
}

/** A schema without the wrappers that make it optional. */
export function shapeOf(schema: Setting<unknown> | Shape): Shape {
  const shape = schema as unknown as Shape;
  return shape.type === "optional" && shape.wrapped !== undefined ? shape.wrapped : shape;
}

/** The texts for a schema; undefined for parts without their own, such as the elements of a list of strings. */
export function wordingOf(shape: Shape): Wording | undefined {
  const wording: Partial<Wording> = v.getMetadata(shape as never);
  return wording.allowed === undefined ? undefined : { ...wording, allowed: wording.allowed };
}

/**
 * The value of a setting in a stack's configuration, with defaults, and everything that is wrong with it. The value at
 * the place of a misfit must not be used.
 *
 * @param given - the value from Pulumi, with numbers as digits and lists as JSON; or from YAML
 * @param keyOf - the configuration key of the value at a path
 */
export function read<T>(
  schema: Setting<T>,
  given: unknown,
  keyOf?: (path: Path) => string,
): { readonly value: T; readonly input: unknown; readonly misfits: readonly Misfit[] } {
  const input = prepared(schema, given);
  const { output, issues = [] } = v.safeParse(schema, input);
  const places = issues
    // valibot reports only one of several unknown settings.
    .filter(({ expected }) => expected !== "never")
    .map(({ type, path = [] }) => {
      // The mapping reports a name that isn't allowed; a missing name has its own place.
      const isName = path.at(-1)?.origin === "key" && type !== "strict_object";
      return (isName ? path.slice(0, -1) : path).map(({ key }) => key as string | number);
    });
  const all = [
    ...places.map((path) => misfitAt(schema, path, input, keyOf)),
    ...unknownIn(shapeOf(schema), input, []),
  ];
  // Each place once, and no places within a value that is wrong as a whole.
  const misfits = all.filter(
    ({ path }, index) => !all.slice(0, index).some((one) => isWithin(one.path, path)),
  );
  return { value: (misfits.length === 0 ? frozen(output) : output) as T, input, misfits };
}

/** Whether a path is the same as another, or within it. */
function isWithin(outer: Path, path: Path): boolean {
  return outer.every((key, index) => key === path[index]);
}

/** A path as text: `spot.percent`, `peakCalendar[2].minSize`. */
export function placeOf(path: Path): string {
  const names = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`));
  return names.join("").replace(/^\./, "");
}

/** Converts texts to the numbers, booleans, lists and mappings that the schema expects, and other values to text. */
function prepared(schema: Setting<unknown> | Shape, given: unknown): unknown {
  const { entries, item, value, type, options = [] } = shapeOf(schema);
  if (entries !== undefined || value !== undefined) {
    const mapping = parsed(given);
    // Valibot would accept a list as a mapping.
    if (!isMapping(mapping)) return textOf(mapping);
    return Object.fromEntries(
      Object.entries(mapping).map(([key, inner]) => {
        const own = entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : value;
        return [key, own === undefined ? inner : prepared(own, inner)];
      }),
    );
  }
  if (item !== undefined) {
    const list = parsed(given);
    return Array.isArray(list) ? list.map((element) => prepared(item, element)) : list;
  }
  if (type === "boolean") return given === "true" || (given === "false" ? false : given);
  if (type === "number" || typeof options[0] === "number")
    return typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given;
  return typeof given === "number" || typeof given === "boolean" ? String(given) : given;
}

/** The problem at a path, with the texts of the innermost value that has any. */
function misfitAt(
  schema: Setting<unknown>,
  path: Path,
  input: unknown,
  keyOf?: (path: Path) => string,
): Misfit {
  const shapes = shapesTo(schema, path);
  const depth = shapes.findLastIndex((shape) => wordingOf(shape) !== undefined);
  const shape = shapes[depth];
  const wording = shape && wordingOf(shape);
  if (wording === undefined) throw new Error(`The schema does not say what is allowed at ${path.join(".")}.`);
  const at = path.slice(0, depth);
  // Users' names and indices can only be set in the stack file.
  const isSettable = shapes.slice(0, depth).every(({ entries }) => entries !== undefined);
  return {
    path: at,
    got: shownAt(schema, at, input),
    allowed: wording.allowed,
    remedy: remedyOf(wording, shape?.item !== undefined, at, isSettable ? keyOf : undefined),
  };
}

/** The shapes along a path, beginning with the outermost. */
function shapesTo(schema: Setting<unknown>, path: Path): Shape[] {
  return path.reduce<Shape[]>(
    (outer, key) => {
      const { entries, item, value } = outer.at(-1) ?? shapeOf(schema);
      const inner = entries?.[key] ?? item ?? value;
      return inner === undefined ? outer : [...outer, shapeOf(inner)];
    },
    [shapeOf(schema)],
  );
}

/** The value at a path, as an error shows it; undefined if there is none. */
export function shownAt(schema: Setting<unknown>, path: Path, input: unknown): string | undefined {
  const value = valueAt(input, path);
  if (value === undefined) return undefined;
  const shapes = shapesTo(schema, path);
  const shape = shapes.at(-1);
  // In a mapping, everything except the user's names may be secret.
  const hasOwnNames = shape?.value !== undefined && isMapping(value);
  return shown(value, hasOwnNames || shapes.some(isMarked) || (shape !== undefined && holdsSecret(shape)));
}

/** Whether a setting may hold a secret. */
function isMarked(shape: Shape): boolean {
  return wordingOf(shape)?.mayHoldSecret === true;
}

/**
 * Whether one of its fields, or of its elements' fields, may hold a secret, which may be set as the whole by mistake.
 */
function holdsSecret({ entries = {}, item, value }: Shape): boolean {
  const inner = item ?? value;
  return (
    Object.values(entries).some((field) => isMarked(shapeOf(field))) ||
    (inner !== undefined && holdsSecret(shapeOf(inner)))
  );
}

function remedyOf(
  { line, example = "" }: Wording,
  isList: boolean,
  path: Path,
  keyOf?: (path: Path) => string,
): string {
  if (line !== undefined) {
    // A setting within another one has no namespace there.
    const [, namespace = ""] = (path.length === 1 && keyOf && /^(.+:)/.exec(keyOf(path))) || [];
    return `for example, in the stack file: ${namespace}${line}`;
  }
  const value = isList ? `[${example}]` : example;
  const name = path.at(-1);
  if (keyOf === undefined || (isList && path.length > 1)) return `for example: ${name}: ${value}`;
  if (isList) return `for example, in the stack file: ${keyOf(path)}: ${value}`;
  const place = path.length > 1 ? `--path '${keyOf(path)}'` : keyOf(path);
  const word = /^[\w./:@%+=,-]*$|^["']/.test(example) ? example : `'${example}'`;
  return `for example: pulumi config set ${place} ${word}`;
}

/** Names that valibot silently drops from a mapping: https://github.com/fabian-hiller/valibot (`_isValidObjectKey`) */
const DROPPED: readonly string[] = ["__proto__", "prototype", "constructor"];

/** The error does not show their values, because a mistyped key may hold a secret. */
function unknownIn({ type, entries, item, value }: Shape, given: unknown, path: Path): Misfit[] {
  if (typeof given !== "object" || given === null) return [];
  return Object.entries(given).flatMap(([key, inner]): Misfit[] => {
    const own = entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : (item ?? value);
    const at = [...path, item === undefined ? key : Number(key)];
    if (value !== undefined && DROPPED.includes(key))
      return [
        {
          path: at,
          got: "a name that JavaScript reserves",
          allowed: `names other than ${DROPPED.join(", ")}`,
          remedy: "choose another name",
        },
      ];
    if (own !== undefined) return unknownIn(shapeOf(own), inner, at);
    if (type !== "strict_object" || entries === undefined) return [];
    const close = nearest(key, Object.keys(entries));
    return [
      {
        path: at,
        got: "a key that the setting doesn't have",
        allowed: close ?? Object.keys(entries).join(", "),
        remedy: close === undefined ? "remove it" : `did you mean ${close}?`,
      },
    ];
  });
}

/** The value at a path within a value. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (outer, key) =>
      typeof outer === "object" && outer !== null && Object.hasOwn(outer, key)
        ? (outer as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

function parsed(given: unknown): unknown {
  if (typeof given !== "string") return given;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return given;
  }
}

function frozen(value: unknown): unknown {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
