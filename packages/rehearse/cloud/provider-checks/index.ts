/**
 * Arguments that the AWS provider itself refuses before it calls AWS, also in a preview: those that exclude each
 * other, missing ones of which one is required, and values that no schema allows.
 *
 * `documented.json` is generated from the documentation in `@pulumi/aws` (`npm run generate`); `declared.json` comes
 * from the schemas in the provider's source, for the most used types; each names its source.
 */
import { isMap, UNKNOWN, type Value, type Values } from "../../values";
import { parseArn } from "../arn";
import { modernType } from "../types";
import declared from "./declared.json";
import documented from "./documented.json";

/** A fault and its property; the property is empty if several are involved. */
export interface ProviderFault {
  readonly property: string;
  readonly reason: string;
}

/** The checks of a type. A property's path passes through lists: `defaultActions.type` is that of each action. */
interface Checks {
  /** Pairs `a~b` of which at most one may be given. */
  readonly conflicts?: readonly string[];
  /** Sets `a,b,c` of which exactly one must be given. */
  readonly exactlyOneOf?: readonly string[];
  /** Sets of which at least one must be given. */
  readonly atLeastOneOf?: readonly string[];
  /** `a:b`: if `a` is given, `b` must be given. */
  readonly requiredWith?: readonly string[];
  /** From and to, inclusive. */
  readonly ranges?: Readonly<Record<string, readonly number[]>>;
  readonly numbers?: Readonly<Record<string, readonly number[]>>;
  /** The number of characters, from and to. */
  readonly lengths?: Readonly<Record<string, readonly number[]>>;
  /** The allowed strings, separated by commas. */
  readonly words?: Readonly<Record<string, string>>;
  readonly wordsInAnyCase?: Readonly<Record<string, string>>;
  readonly arns?: readonly string[];
  /** IPv4 networks, with the allowed prefix lengths, from and to. */
  readonly networks?: Readonly<Record<string, readonly number[]>>;
}

const TABLES: readonly Readonly<Record<string, Checks>>[] = [documented.types, declared.types];

/**
 * Validates the inputs of an AWS resource. Unknown values pass.
 *
 * @param inputs - plain values, before the provider fills in its own
 */
export function providerFaults(type: string, inputs: Values): ProviderFault[] {
  const key = modernType(type);
  const faults = TABLES.flatMap((table) => {
    const checks = Object.hasOwn(table, key) ? table[key] : undefined;
    return checks === undefined ? [] : [...faultsOfSets(checks, inputs), ...faultsOfValues(checks, inputs)];
  });
  // Both tables may have the same check.
  const distinct = new Map(faults.map((fault) => [`${fault.property} ${fault.reason}`, fault]));
  return [...distinct.values()];
}

/** Null, an empty string or list, and false count as missing. */
function isGiven(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false) return false;
  return !(Array.isArray(value) && value.length === 0);
}

function faultsOfSets(checks: Checks, inputs: Values): ProviderFault[] {
  const known = (name: string): boolean => isGiven(inputs[name]) && inputs[name] !== UNKNOWN;
  const given = (names: readonly string[]): string[] => names.filter(known);
  const anyUnknown = (names: readonly string[]): boolean => names.some((name) => inputs[name] === UNKNOWN);
  const faults: ProviderFault[] = [];
  for (const pair of checks.conflicts ?? []) {
    const [one = "", other = ""] = pair.split("~");
    if (known(one) && known(other))
      faults.push({ property: one, reason: `conflicts with ${other}: give one of them` });
  }
  for (const set of checks.exactlyOneOf ?? []) {
    const names = set.split(",");
    const found = given(names);
    if (found.length > 1)
      faults.push({
        property: "",
        reason: `only one of ${names.join(", ")} can be given, but ${found.join(" and ")} are`,
      });
    if (found.length === 0 && !anyUnknown(names))
      faults.push({ property: "", reason: `one of ${names.join(", ")} must be given` });
  }
  for (const set of checks.atLeastOneOf ?? []) {
    const names = set.split(",");
    if (given(names).length === 0 && !anyUnknown(names))
      faults.push({ property: "", reason: `one of ${names.join(", ")} must be given` });
  }
  for (const pair of checks.requiredWith ?? []) {
    const [one = "", other = ""] = pair.split(":");
    if (known(one) && !isGiven(inputs[other]))
      faults.push({ property: one, reason: `${other} must be given with it` });
  }
  return faults;
}

/** The fault of a value; undefined if it has none. */
type Judge = (value: Scalar) => string | undefined;

type Scalar = string | number | boolean;

function faultsOfValues(checks: Checks, inputs: Values): ProviderFault[] {
  const judges: (readonly [string, Judge])[] = [
    ...each(checks.ranges, (range) => inRange(range, "it must be from", Number)),
    ...each(checks.lengths, (range) =>
      inRange(range, "its length must be from", (value) => String(value).length),
    ),
    ...each(
      checks.numbers,
      (numbers) => (value) =>
        numbers.includes(Number(value)) ? undefined : `it must be one of ${numbers.join(", ")}`,
    ),
    ...each(checks.words, (words) => oneOf(words.split(","), (word) => word)),
    ...each(checks.wordsInAnyCase, (words) => oneOf(words.split(","), (word) => word.toLowerCase())),
    ...(checks.arns ?? []).map((path) => [path, arn] as const),
    ...each(checks.networks, network),
  ];
  return judges.flatMap(([path, judge]) =>
    valuesAt(inputs, path.split(".")).flatMap(({ value, at }) => {
      const reason = isScalar(value) && isGiven(value) && value !== UNKNOWN ? judge(value) : undefined;
      const property = path.split(".")[0] ?? "";
      return reason === undefined
        ? []
        : [{ property, reason: at === property ? reason : `${at}: ${reason}` }];
    }),
  );
}

function isScalar(value: Value): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function each<T>(
  table: Readonly<Record<string, T>> | undefined,
  judge: (entry: T) => Judge,
): (readonly [string, Judge])[] {
  return Object.entries(table ?? {}).map(([path, entry]) => [path, judge(entry)] as const);
}

function inRange(
  [from = 0, to = 0]: readonly number[],
  words: string,
  measure: (value: Scalar) => number,
): Judge {
  return (value) => {
    const measured = measure(value);
    // A value that isn't a number is reported elsewhere.
    return Number.isNaN(measured) || (measured >= from && measured <= to)
      ? undefined
      : `${words} ${from} to ${to}`;
  };
}

function oneOf(words: readonly string[], form: (word: string) => string): Judge {
  const allowed = new Set(words.map(form));
  return (value) => (allowed.has(form(String(value))) ? undefined : `it must be one of ${words.join(", ")}`);
}

const arn: Judge = (value) =>
  parseArn(String(value)) === undefined ? "it is not an ARN: arn:PARTITION:SERVICE:…" : undefined;

function network([from = 0, to = 32]: readonly number[]): Judge {
  return (value) => {
    const [, address = "", length = ""] = /^(\d+(?:\.\d+){3})\/(\d+)$/.exec(String(value)) ?? [];
    const parts = address.split(".").map(Number);
    const bits = parts.reduce((sum, part) => sum * 256 + part, 0);
    if (address === "" || parts.some((part) => part > 255) || Number(length) > 32)
      return "it is not an IPv4 network such as 10.0.0.0/16";
    if (Number(length) < from || Number(length) > to)
      return `its prefix length must be from ${from} to ${to}`;
    return bits % 2 ** (32 - Number(length)) === 0 ? undefined : "it isn't the first address of its network";
  };
}

/** The values at a path, in every element of the lists on it, with their full paths. */
function valuesAt(
  inputs: Value | undefined,
  path: readonly string[],
  at = "",
): { value: Value; at: string }[] {
  if (inputs === undefined || inputs === null) return [];
  if (Array.isArray(inputs))
    return inputs.flatMap((element, index) => valuesAt(element, path, `${at}[${index}]`));
  const [name, ...rest] = path;
  if (name === undefined) return [{ value: inputs, at }];
  return isMap(inputs) ? valuesAt(inputs[name], rest, at === "" ? name : `${at}.${name}`) : [];
}
