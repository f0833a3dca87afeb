import { UnknownValueError } from "@pulumi/policy";

/**
 * What a rule learns about one value.
 *
 * - `known`: it is there now; a secret counts as known, since the SDK hands policies the plain value.
 * - `absent`: it is not there, or is null, or the road to it ends early.
 * - `unknown`: an output of a resource that does not exist yet. Only a preview has these.
 */
export type Reading =
  | { readonly kind: "known"; readonly value: unknown }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown" };

const ABSENT: Reading = { kind: "absent" };
const UNKNOWN: Reading = { kind: "unknown" };

/**
 * Reads one value without ever throwing on an unknown one. Every rule reads every value through this function:
 * an `UnknownValueError` that leaves a rule makes the SDK drop what the rule had still to say and report it as
 * a mere advisory, so that one unknown value would hide a real fault beside it.
 *
 * @param value the properties of a resource as the SDK hands them over, or a part of them
 * @param path property names and list positions, outermost first
 * @throws whatever else a property access may throw; only `UnknownValueError` is caught
 */
export function read(value: unknown, path: readonly (string | number)[]): Reading {
  let current = value;
  for (const key of path) {
    // Own properties only: on the wire a "__proto__" key would otherwise smuggle values in.
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return ABSENT;
    const { stackTraceLimit } = Error;
    try {
      // Nobody sees the stack of what is caught here, and collecting it takes as long as all the rest.
      Error.stackTraceLimit = 0;
      current = (current as Record<string | number, unknown>)[key];
    } catch (error) {
      if (isUnknownValueError(error)) return UNKNOWN;
      throw error;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }
  return current === undefined || current === null ? ABSENT : { kind: "known", value: current };
}

/**
 * Reads the elements of a list, each apart, so that an unknown element hides none of the others.
 *
 * @param value as in {@link read}
 * @param path where the list is
 * @returns one reading an element; or, when there is no list to go through, the reading of the list itself
 */
export function readList(value: unknown, path: readonly (string | number)[]): Reading | readonly Reading[] {
  const list = read(value, path);
  if (list.kind !== "known" || !Array.isArray(list.value)) return list;
  const elements: readonly unknown[] = list.value;
  return Array.from({ length: elements.length }, (_, index) => read(elements, [index]));
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

/** True for a known `true`, which programs in YAML may write as a text. */
export function isTrue(reading: Reading): boolean {
  return reading.kind === "known" && (reading.value === true || reading.value === "true");
}

/** What a text says as JSON; undefined for what is no text, or no JSON. */
export function jsonOf(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A string in upper case, or undefined: the AWS provider takes protocol names in either case. */
export function upperCase(reading: Reading): string | undefined {
  return reading.kind === "known" && typeof reading.value === "string"
    ? reading.value.toUpperCase()
    : undefined;
}

/** True for what the SDK throws when a policy touches an unknown value. */
export function isUnknownValueError(error: unknown): error is Error {
  return error instanceof UnknownValueError;
}
