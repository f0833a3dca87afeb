import { unknownCheckingProxy, UnknownValueError } from "@pulumi/policy";
import { types } from "node:util";

/**
 * The result of reading one value.
 *
 * - `known`: it has a value. A secret counts as known, because the SDK gives policies the plain value.
 * - `absent`: it is not set or null, or a part of the path to it is missing.
 * - `unknown`: an output of a resource that does not exist yet, which occurs only in a preview.
 */
export type Reading =
  | { readonly kind: "known"; readonly value: unknown }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown" };

const ABSENT: Reading = { kind: "absent" };
const UNKNOWN: Reading = { kind: "unknown" };

/**
 * The placeholders of unknown values: boolean, number, string, list, asset, archive, object.
 *
 * Source: pulumi/pulumi-policy `sdk/nodejs/policy/proxy.ts`, whose declarations leave it out, as they do the rest of
 * it.
 */
const UNKNOWNS: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** The property of the SDK's wrapper, which throws for unknown values, that returns the wrapped object. */
const WRAPPED = "__getSpecialProxyTarget";

/** The object within an SDK wrapper, which would wrap each object on a path and throw for unknown values. */
function bareOf(object: object): object {
  // Only wrappers have this property; in another object, it could be a property of the program.
  return types.isProxy(object) ? (object as unknown as Record<typeof WRAPPED, object>)[WRAPPED] : object;
}

/** Wraps an object as the SDK does. */
const wrapped = unknownCheckingProxy as unknown as (bare: object) => object;

/**
 * Reads one value without throwing on an unknown one. Every rule reads every value through this function: if an
 * `UnknownValueError` leaves a rule, the SDK drops the rule's other findings and reports only an advisory, so that one
 * unknown value would hide a real problem.
 *
 * @param value the properties of a resource from the SDK, or a part of them
 * @param path property names and list positions, outermost first
 * @throws whatever else a property access may throw; only `UnknownValueError` is caught
 */
export function read(value: unknown, path: readonly (string | number)[]): Reading {
  let current = value;
  let isOfSdk = false;
  for (const key of path) {
    if (typeof current !== "object" || current === null) return ABSENT;
    // The content of an unwrapped object is not wrapped either.
    const bare: object = isOfSdk ? current : bareOf(current);
    isOfSdk ||= bare !== current;
    // Own properties only: a "__proto__" key in a message could otherwise inject values.
    if (!Object.hasOwn(bare, key)) return ABSENT;
    current = (bare as Record<string | number, unknown>)[key];
    if (isOfSdk && UNKNOWNS.has(current)) return UNKNOWN;
  }
  return readingOf(current, isOfSdk);
}

/** The reading of a value. */
function readingOf(bare: unknown, isOfSdk: boolean): Reading {
  if (bare === undefined || bare === null) return ABSENT;
  return { kind: "known", value: isOfSdk && typeof bare === "object" ? wrapped(bare) : bare };
}

/**
 * Reads the elements of a list separately, so that an unknown element does not hide the others.
 *
 * @param value as in {@link read}
 * @param path the path of the list
 * @returns one reading for each element; or the reading of the value itself, if it is not a known list
 */
export function readList(value: unknown, path: readonly (string | number)[]): Reading | readonly Reading[] {
  const list = read(value, path);
  if (list.kind !== "known" || !Array.isArray(list.value)) return list;
  const bare = bareOf(list.value) as readonly unknown[];
  const isOfSdk = bare !== list.value;
  return Array.from(bare, (element) =>
    isOfSdk && UNKNOWNS.has(element) ? UNKNOWN : readingOf(element, isOfSdk),
  );
}

/** True for a list as {@link readList} returns it, false for the reading of something else. */
export function isList(reading: Reading | readonly Reading[]): reading is readonly Reading[] {
  return Array.isArray(reading);
}

/**
 * A whole number, written as a number or as decimal digits (YAML programs and some SDKs send digits).
 *
 * @returns undefined for anything else
 */
export function integer(value: unknown): number | undefined {
  if (typeof value === "string" && /^\d{1,9}$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}

/** True for a known `true`, which YAML programs may write as a string. */
export function isTrue(reading: Reading): boolean {
  return reading.kind === "known" && (reading.value === true || reading.value === "true");
}

/** The JSON value of a string; undefined if it is not a string or not JSON. */
export function jsonOf(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The list in a JSON string, in the form of {@link readList}; `absent` if it isn't known or is not a list. */
export function listInJson(reading: Reading): Reading | readonly Reading[] {
  return readList(reading.kind === "known" ? jsonOf(reading.value) : undefined, []);
}

/** A string in upper case, or undefined. The AWS provider accepts protocol names in either case. */
export function upperCase(reading: Reading): string | undefined {
  return reading.kind === "known" && typeof reading.value === "string"
    ? reading.value.toUpperCase()
    : undefined;
}

/** True for the error that the SDK throws when a policy accesses an unknown value. */
export function isUnknownValueError(error: unknown): error is Error {
  return error instanceof UnknownValueError;
}
