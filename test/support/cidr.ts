/** Helpers for the tests of addresses. */
import assert from "node:assert/strict";
import { parseCidr } from "../../policies/cidr";
import type { AddressRange } from "../../policies/cidr";

/** An address as text: four bytes or eight groups. */
export function addressText(value: bigint, version: 4 | 6): string {
  const [parts, bits, base] = version === 4 ? [4, 8n, 10] : [8, 16n, 16];
  const each = Array.from({ length: parts }, (_, index) =>
    ((value >> (BigInt(parts - 1 - index) * bits)) & ((1n << bits) - 1n)).toString(base),
  );
  return each.join(version === 4 ? "." : ":");
}

/** The address range of a valid CIDR block. */
export function parsed(cidr: string): AddressRange {
  const range = parseCidr(cidr);
  assert.ok(range, cidr);
  return range;
}
