import { BITS, parseCidr } from "../../cidr";
import type { AddressRange } from "../../cidr";

/** Widest blocks of public addresses that do not count as the world: the `n` of `/n`. */
export interface Widest {
  readonly ipv4: number;
  readonly ipv6: number;
}

function block(cidr: string): AddressRange {
  const range = parseCidr(cidr);
  if (range === undefined) throw new Error(`${cidr} is not a CIDR block`);
  return range;
}

/**
 * Blocks from which nothing arrives over the internet.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const NOT_PUBLIC_IPV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
].map(block);

/** The global unicast range of IPv6: https://www.rfc-editor.org/rfc/rfc4291#section-2.4 */
const PUBLIC_IPV6 = block("2000::/3");

/** Every address of IPv4. */
export const EVERYWHERE = block("0.0.0.0/0");

/**
 * The number of public addresses of one IP version in some blocks, each counted once. Private networks, loopback,
 * multicast and other special ranges are not public.
 */
export function publicAddresses(ranges: readonly AddressRange[], version: 4 | 6): bigint {
  const own = union(ranges.filter((range) => range.version === version));
  if (version === 6) return total(own.map((range) => overlap(range, PUBLIC_IPV6)));
  const privately = own.flatMap((range) => NOT_PUBLIC_IPV4.map((other) => overlap(range, other)));
  return total(own.map(({ first, last }) => last - first + 1n)) - total(privately);
}

/** True if some blocks together hold more public addresses, IPv4 or IPv6, than one block with the widest prefix. */
export function isTheWorld(ranges: readonly AddressRange[], widest: Widest): boolean {
  return (
    publicAddresses(ranges, 4) > 1n << BigInt(BITS[4] - widest.ipv4) ||
    publicAddresses(ranges, 6) > 1n << BigInt(BITS[6] - widest.ipv6)
  );
}

/** The same addresses in ranges that do not overlap. */
function union(ranges: readonly AddressRange[]): AddressRange[] {
  const sorted = [...ranges].sort((a, b) => Number(a.first - b.first));
  const merged: AddressRange[] = [];
  for (const range of sorted) {
    const before = merged.at(-1);
    if (before === undefined || range.first > before.last) merged.push(range);
    else if (range.last > before.last) merged[merged.length - 1] = { ...before, last: range.last };
  }
  return merged;
}

function overlap(a: AddressRange, b: AddressRange): bigint {
  const first = a.first > b.first ? a.first : b.first;
  const last = a.last < b.last ? a.last : b.last;
  return last < first ? 0n : last - first + 1n;
}

function total(counts: readonly bigint[]): bigint {
  return counts.reduce((sum, count) => sum + count, 0n);
}
