import type { AddressRange } from "../../cidr";

/** True if one range lies within the other of the same IP version, ends included. */
export function liesWithin(inner: AddressRange, outer: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * Finds the ranges, all of one IP version, that overlap one before them in the order of their first addresses, each
 * with one that it overlaps. Sorts, and goes through once.
 */
export function overlaps<T extends AddressRange>(ranges: readonly T[]): [later: T, earlier: T][] {
  const sorted = [...ranges].sort(
    (one, other) => Number(one.first - other.first) || Number(other.last - one.last),
  );
  const found: [T, T][] = [];
  let furthest: T | undefined;
  for (const range of sorted) {
    if (furthest !== undefined && range.first <= furthest.last) found.push([range, furthest]);
    if (furthest === undefined || range.last > furthest.last) furthest = range;
  }
  return found;
}
