import { isList, read, readList } from "../../../read";
import type { Reading } from "../../../read";
import type { StackSubject } from "../../../rule";
import { given, withOnly } from "../../../stack";
import type { Stack } from "../../../stack";

/** Something that AWS refuses of resources together. */
export interface Relation {
  /** The exact type tokens of the resources that are blamed. */
  readonly of: readonly string[];
  /** What AWS's error, or its page, says. */
  readonly source: string;
  /** Inputs that AWS takes, as code. */
  readonly fix: string;
  /** Whether it only may fail: the rule advises then. */
  readonly isAdvice?: boolean;
  /**
   * Prepares to judge the resources of a stack.
   *
   * @returns what is wrong with one of them, each a sentence without a full stop. What is not certain is passed over.
   */
  readonly judge: (stack: Stack) => (resource: StackSubject) => readonly (string | undefined)[];
}

/** Where a resource names others. */
export interface Via {
  /** The property; that of a list or block, if the name is within. */
  readonly property: string;
  /** Where the name is within the property, or within each element of the list. @default the property, or element, itself */
  readonly within?: readonly string[];
}

/** Follows each name that a resource gives to the resources of the stack that may bear it. */
export function named(
  stack: Stack,
  { property, within = [] }: Via,
  to: readonly string[],
  keys?: readonly string[],
): (from: StackSubject) => (readonly StackSubject[])[] {
  const follow = stack.to(to, keys);
  return (from) => {
    if (given(from, property).kind === "absent") return [];
    const list = readList(from.props, [property]);
    return (isList(list) ? list : [list])
      .map((item): Reading => (item.kind === "known" && within.length > 0 ? read(item.value, within) : item))
      .filter(({ kind }) => kind !== "absent")
      .map((name) => follow(withOnly(from, property, name), property));
  };
}

/** Two resources that don't go together, the one of which names the other. */
export function pair(
  via: readonly Via[],
  to: readonly string[],
  keys: readonly string[],
  refused: (from: StackSubject, to: StackSubject, stack: Stack) => string | undefined,
): Relation["judge"] {
  return (stack) => {
    const ways = via.map((one) => named(stack, one, to, keys));
    return (from) =>
      ways
        .flatMap((way) => way(from))
        .map((candidates) => refusedOfAll(candidates, (one) => refused(from, one, stack)));
  };
}

/** What is wrong with whichever resource is meant: nothing, unless it is wrong with all of those that may be. */
export function refusedOfAll(
  candidates: readonly StackSubject[],
  refused: (candidate: StackSubject) => string | undefined,
): string | undefined {
  const problems = candidates.map(refused);
  return problems.every((problem) => problem !== undefined) ? problems[0] : undefined;
}

/** Resources of which no two have the same key; all but the first are blamed. */
export function unique(
  of: readonly string[],
  prepare: (stack: Stack) => (resource: StackSubject) => string | undefined,
  says: (resource: StackSubject, first: StackSubject) => string,
): Relation["judge"] {
  return (stack) => {
    const keyOf = prepare(stack);
    const first = new Map<string, StackSubject>();
    const holders = new Map<StackSubject, StackSubject>();
    for (const resource of stack.ofTypes(of)) {
      const key = keyOf(resource);
      if (key === undefined) continue;
      const holder = first.get(key);
      if (holder === undefined) first.set(key, resource);
      else holders.set(resource, holder);
    }
    return (resource) => {
      const holder = holders.get(resource);
      return [holder === undefined ? undefined : says(resource, holder)];
    };
  };
}

/** One resource by itself. */
export function alone(refused: (resource: StackSubject) => string | undefined): Relation["judge"] {
  return () => (resource) => [refused(resource)];
}

/** Whether a property has a value, or is to get one from another resource. */
export function isSet(resource: StackSubject, property: string): boolean {
  const reading = given(resource, property);
  if (reading.kind === "known") return !Array.isArray(reading.value) || reading.value.length > 0;
  return reading.kind === "unknown" && (resource.propertyDependencies[property] ?? []).length > 0;
}

/** Whether a resource waits for one of others, directly, by way of others, or as part of a component that has it too. */
export function waitsFor(resource: StackSubject, others: readonly StackSubject[]): boolean {
  const wanted = new Set(others.flatMap((one) => [one, ...componentsOf(one)]));
  const seen = new Set<StackSubject>();
  const waits = (from: StackSubject): boolean => {
    if (seen.has(from)) return false;
    seen.add(from);
    const before = [...(from.dependencies ?? []), ...componentsOf(from)];
    return before.some((one) => wanted.has(one) || waits(one));
  };
  return waits(resource);
}

/** The components that a resource is in, but for the stack itself. */
function componentsOf({ parent }: StackSubject): StackSubject[] {
  return parent === undefined || parent.type === "pulumi:pulumi:Stack"
    ? []
    : [parent, ...componentsOf(parent)];
}
