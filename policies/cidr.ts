/** A block of consecutive addresses of one IP version, both ends included. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** How long the addresses of each IP version are. */
export const BITS = { 4: 32, 6: 128 } as const;

/**
 * The addresses of a CIDR block. Bits after the prefix are ignored, as EC2 does: `1.2.3.4/0` is every address.
 *
 * @param text such as `10.0.0.0/16` or `2001:db8::/32`
 * @returns undefined for what is no CIDR block
 * @see https://www.rfc-editor.org/rfc/rfc4632#section-3.1
 */
export function parseCidr(text: string): AddressRange | undefined {
  const [, address = "", digits = ""] = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = address.includes(":") ? 6 : 4;
  const value = version === 6 ? ipv6(address) : ipv4(address);
  const prefix = Number(digits);
  if (value === undefined || prefix > BITS[version]) return undefined;
  const size = 1n << BigInt(BITS[version] - prefix);
  const first = value - (value % size);
  return { version, first, last: first + size - 1n };
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split(".");
  // A leading zero means octal to some readers and decimal to others.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && +part <= 255)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

/** @see https://www.rfc-editor.org/rfc/rfc4291#section-2.2 */
function ipv6(text: string): bigint | undefined {
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  if (halves.length > 2) return undefined;
  const [head = [], tail] = halves.map((half, index) => (index === halves.length - 1 ? hextets(half) : half));
  const given = head.length + (tail?.length ?? 0);
  if (tail === undefined ? given !== 8 : given > 7) return undefined;
  const all = [...head, ...Array.from({ length: 8 - given }, () => "0"), ...(tail ?? [])];
  if (!all.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) return undefined;
  return all.reduce((sum, part) => sum * 65536n + BigInt(`0x${part}`), 0n);
}

/** Turns an IPv4 address at the end into two groups of an IPv6 address. */
function hextets(parts: readonly string[]): readonly string[] {
  const last = parts.at(-1);
  if (last === undefined || !last.includes(".")) return parts;
  const value = ipv4(last);
  if (value === undefined) return parts;
  return [...parts.slice(0, -1), (value >> 16n).toString(16), (value & 0xffffn).toString(16)];
}
