/**
 * Property values as they travel over Pulumi's gRPC protocols: plain JSON, except that unknown values are a
 * sentinel string and secrets, outputs, resource references, assets and archives are objects with a signature
 * key. The rehearsal keeps them in this wire form throughout, so nothing is lost in translation.
 *
 * Source: pulumi/pulumi `sdk/nodejs/runtime/rpc.ts` and `sdk/go/common/resource/sig`.
 */
export type Value = null | boolean | number | string | Value[] | Values;

/** A property map. */
export interface Values {
  [key: string]: Value;
}

/** What an unknown value looks like on the wire, whatever its type. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks an object as something other than a plain map. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** The signature of a secret. */
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** The signature of an object, or undefined for a plain value. */
function signature(value: Value | undefined): Value | undefined {
  return isMap(value) ? value[SIGNATURE] : undefined;
}

/** True for a JSON object, signed or not. */
export function isMap(value: Value | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for the unknown value itself; {@link containsUnknown} looks deeper. */
export function isUnknown(value: Value | undefined): boolean {
  return value === UNKNOWN;
}

/** True for a wrapped secret. */
export function isSecret(value: Value | undefined): value is Values {
  return signature(value) === SECRET;
}

/** True for an output value: a value with its secretness and dependencies. */
export function isOutput(value: Value | undefined): value is Values {
  return signature(value) === OUTPUT;
}

/** True for a reference to another resource. */
export function isResourceReference(value: Value | undefined): value is Values {
  return signature(value) === RESOURCE;
}

/** Wraps a value as a secret; wrapping twice changes nothing. */
export function secret(value: Value): Values {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** A value with these dependencies added to its own. */
export function outputValue(value: Value, dependencies: readonly string[]): Values {
  if (isOutput(value)) {
    const before = (value["dependencies"] ?? []) as string[];
    return { ...value, dependencies: [...new Set([...before, ...dependencies])] };
  }
  const plain = isSecret(value) ? (value["value"] ?? null) : value;
  return {
    [SIGNATURE]: OUTPUT,
    ...(isUnknown(plain) ? {} : { value: plain }),
    ...(isSecret(value) ? { secret: true } : {}),
    dependencies: [...dependencies],
  };
}

/** A reference to a custom resource (with an id) or to a component (without). */
export function resourceReference(urn: string, id?: string): Values {
  return { [SIGNATURE]: RESOURCE, urn, ...(id === undefined ? {} : { id }), packageVersion: "" };
}

/** Rebuilds a value bottom-up; `leave` sees every signed object and scalar and may replace it. */
export function transform(value: Value, leaf: (value: Value) => Value | undefined): Value {
  const replaced = leaf(value);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(value)) return value.map((element) => transform(element, leaf));
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, transform(child, leaf)]));
  }
  return value;
}

/** True if `test` accepts the value or any value inside it. */
export function contains(value: Value, test: (value: Value) => boolean): boolean {
  if (test(value)) return true;
  if (Array.isArray(value)) return value.some((element) => contains(element, test));
  return isMap(value) && Object.values(value).some((child) => contains(child, test));
}

/** True if any part of the value is unknown (an output value without a value is). */
export function containsUnknown(value: Value): boolean {
  return contains(value, (v) => isUnknown(v) || (isOutput(v) && !("value" in v)));
}
