/** A range of IPv4 addresses, both ends included, as numbers from 0 to 2^32 - 1. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads an IPv4 range in CIDR notation. Bits behind the prefix count as zero.
 *
 * @returns undefined for anything else
 * @see https://www.rfc-editor.org/rfc/rfc4632#section-3.1
 */
export function parseRange(cidr: string): Range | undefined {
  const [, address = "", digits = ""] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(cidr) ?? [];
  const octets = address.split(".").map(Number);
  const prefix = Number(digits);
  if (address === "" || prefix > 32 || octets.some((octet) => octet > 255)) return undefined;
  const size = 2 ** (32 - prefix);
  const number = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const first = number - (number % size);
  return { first, last: first + size - 1 };
}

/** True if one range lies within the other, ends included. */
export function liesWithin(inner: Range, outer: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * Finds the ranges that overlap one before them in the order of their first addresses, each with one that it
 * overlaps. Sorts, and goes through once.
 */
export function overlaps<T extends Range>(ranges: readonly T[]): [later: T, earlier: T][] {
  const sorted = [...ranges].sort((one, other) => one.first - other.first || other.last - one.last);
  const found: [T, T][] = [];
  let furthest: T | undefined;
  for (const range of sorted) {
    if (furthest !== undefined && range.first <= furthest.last) found.push([range, furthest]);
    if (furthest === undefined || range.last > furthest.last) furthest = range;
  }
  return found;
}
