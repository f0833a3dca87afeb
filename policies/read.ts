import { unknownCheckingProxy, UnknownValueError } from "@pulumi/policy";
import { types } from "node:util";

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
 * What stands for an unknown value: boolean, number, string, list, asset, archive, object.
 *
 * Source: pulumi/pulumi-policy `sdk/nodejs/policy/proxy.ts`, whose declarations leave it out, as they do the rest of it.
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

/** The property by which the SDK's wrapper of an object, which throws for unknown values, gives the object itself. */
const WRAPPED = "__getSpecialProxyTarget";

/** What the SDK has wrapped: on the way to a value its wrapper would wrap each object, and make an error of an unknown one. */
function bareOf(object: object): object {
  // Only a wrapper is asked: of any other object the name might be a property, with what its author likes.
  return types.isProxy(object) ? (object as unknown as Record<typeof WRAPPED, object>)[WRAPPED] : object;
}

/** Wraps an object as the SDK does. */
const wrapped = unknownCheckingProxy as unknown as (bare: object) => object;

/**
 * Reads one value without ever throwing on an unknown one. Every rule reads every value through this function:
 * an `UnknownValueError` that leaves a rule makes the SDK drop what the rule had still to say and report it as
 * a mere advisory, so that one unknown value would hide a real problem beside it.
 *
 * @param value the properties of a resource as the SDK hands them over, or a part of them
 * @param path property names and list positions, outermost first
 * @throws whatever else a property access may throw; only `UnknownValueError` is caught
 */
export function read(value: unknown, path: readonly (string | number)[]): Reading {
  let current = value;
  let isOfSdk = false;
  for (const key of path) {
    if (typeof current !== "object" || current === null) return ABSENT;
    // What is in the SDK's object is as bare as that.
    const bare: object = isOfSdk ? current : bareOf(current);
    isOfSdk ||= bare !== current;
    // Own properties only: on the wire a "__proto__" key would otherwise smuggle values in.
    if (!Object.hasOwn(bare, key)) return ABSENT;
    current = (bare as Record<string | number, unknown>)[key];
    if (isOfSdk && UNKNOWNS.has(current)) return UNKNOWN;
  }
  return readingOf(current, isOfSdk);
}

/** What a rule learns of a value that is not unknown. */
function readingOf(bare: unknown, isOfSdk: boolean): Reading {
  if (bare === undefined || bare === null) return ABSENT;
  return { kind: "known", value: isOfSdk && typeof bare === "object" ? wrapped(bare) : bare };
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

/** The list that a text is as JSON, as {@link readList} reads one; `absent` if the text isn't known or is no list. */
export function listInJson(reading: Reading): Reading | readonly Reading[] {
  return readList(reading.kind === "known" ? jsonOf(reading.value) : undefined, []);
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
