import { read } from "../../read";
import type { Reading } from "../../read";
import { problem } from "../../rule";
import type { Expectation, StackSubject, Subject } from "../../rule";
import type { Follow } from "../../stack";

/**
 * Like `problem`, but only for known values: AWS may accept an unknown value, and accepts the default of an absent one.
 */
export function refusal(label: string, reading: Reading, expected: Expectation): string | undefined {
  return reading.kind === "known" ? problem(label, reading, expected) : undefined;
}

/**
 * A whole number, possibly negative, written as a number or as decimal digits.
 *
 * @returns undefined for anything else, and for a value that is not known
 */
export function wholeNumber(reading: Reading): number | undefined {
  if (reading.kind !== "known") return undefined;
  const { value } = reading;
  if (typeof value === "string" && /^-?\d{1,9}$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}

/** A whole number within bounds, both included. */
export function between(
  low: number,
  high: number,
  allowed = `a whole number from ${low} to ${high}`,
): Expectation {
  return {
    accepts: (value) => {
      const number = wholeNumber({ kind: "known", value });
      return number !== undefined && number >= low && number <= high;
    },
    allowed,
    vocabulary: /^-?\d{1,9}$/,
  };
}

/** One of AWS's values, in exactly this spelling. `others` are further values that a message may repeat. */
export function oneOf(words: readonly string[], others: readonly string[] = []): Expectation {
  return {
    accepts: (value) => words.includes(scalar(value) ?? ""),
    allowed: words.map((word) => JSON.stringify(word)).join(", "),
    vocabulary: new RegExp(`^(${[...words, ...others].join("|")})$`, "i"),
  };
}

/** A value in the form in which the provider sends it as a string; undefined for lists and objects. */
export function scalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** A known string, or undefined. */
export function text(reading: Reading): string | undefined {
  return reading.kind === "known" && typeof reading.value === "string" ? reading.value : undefined;
}

/** The strings of some readings; undefined if one of them is not a known string. */
export function texts(readings: readonly Reading[]): readonly string[] | undefined {
  const known = readings.map(text);
  return known.every((one) => one !== undefined) ? known : undefined;
}

/** A block within a resource, in the form of a resource: its fields have the dependencies of the whole block. */
export function block(resource: StackSubject, property: string, path: readonly string[] = []): StackSubject {
  const value = read(resource.props, [property, ...path]);
  const props: unknown = value.kind === "known" ? value.value : {};
  const sources = resource.propertyDependencies[property] ?? [];
  const fields = typeof props === "object" && props !== null ? Object.keys(props) : [];
  return {
    ...resource,
    props,
    propertyDependencies: Object.fromEntries(fields.map((field) => [field, sources])),
  };
}

/** The only element of a list; undefined if there are none or several. */
export function single<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

/** The kind of a load balancer; undefined if it is not known. */
export function balancerType(balancer: Pick<Subject, "props">): string | undefined {
  const type = read(balancer.props, ["loadBalancerType"]);
  return type.kind === "absent" ? "application" : text(type);
}

/**
 * Groups things by a key, and omits those whose key is not known.
 *
 * @param keyOf returns undefined if the key is not known
 */
export function groupBy<T>(things: readonly T[], keyOf: (thing: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}

/** A key for what a resource refers to: the URN if that is in the stack, otherwise the known value itself. */
export function referenceKey(from: StackSubject, property: string, follow: Follow): string | undefined {
  const found = follow(from, property);
  if (found.length > 0) return single(found)?.urn;
  return text(read(from.props, [property]));
}
