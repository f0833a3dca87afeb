import { isList, read, readList } from "../../../read";
import type { Reading } from "../../../read";
import type { StackSubject } from "../../../rule";
import { given, withOnly } from "../../../stack";
import type { Stack } from "../../../stack";

/** A combination of resources that AWS refuses. */
export interface Relation {
  /** The exact type tokens of the resources that are reported. */
  readonly of: readonly string[];
  /** The text of AWS's error or page. */
  readonly source: string;
  /** Inputs that AWS accepts, as code. */
  readonly fix: string;
  /** Whether the deployment may succeed, so that the finding is advice. */
  readonly isAdvice?: boolean;
  /**
   * Prepares to judge the resources of a stack.
   *
   * @returns what is wrong with one of them, each a sentence without a full stop. Uncertain problems are not reported.
   */
  readonly judge: (stack: Stack) => (resource: StackSubject) => readonly (string | undefined)[];
}

/** The place in a resource that names others. */
export interface Via {
  /** The property, which may be a list or block that contains the name. */
  readonly property: string;
  /** The path of the name in the property, or in each element of the list. @default the property or element itself */
  readonly within?: readonly string[];
}

/** Finds, for each reference of a resource, the resources of the stack that it may mean. */
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

/** Judges pairs of resources, one of which names the other. */
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

/** The problem of a referenced resource; none unless all candidates have one. */
export function refusedOfAll(
  candidates: readonly StackSubject[],
  refused: (candidate: StackSubject) => string | undefined,
): string | undefined {
  const problems = candidates.map(refused);
  return problems.every((problem) => problem !== undefined) ? problems[0] : undefined;
}

/** Resources that must have different keys; all but the first with a key are reported. */
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

/** Judges each resource alone. */
export function alone(refused: (resource: StackSubject) => string | undefined): Relation["judge"] {
  return () => (resource) => [refused(resource)];
}

/** Whether a property has a value, or gets one from another resource. */
export function isSet(resource: StackSubject, property: string): boolean {
  const reading = given(resource, property);
  if (reading.kind === "known") return !Array.isArray(reading.value) || reading.value.length > 0;
  return reading.kind === "unknown" && (resource.propertyDependencies[property] ?? []).length > 0;
}

/** Whether a resource depends on one of others, directly, through other resources, or through a common component. */
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

/** The components that contain a resource, without the stack itself. */
function componentsOf({ parent }: StackSubject): StackSubject[] {
  return parent === undefined || parent.type === "pulumi:pulumi:Stack"
    ? []
    : [parent, ...componentsOf(parent)];
}
