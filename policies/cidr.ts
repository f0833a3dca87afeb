import { Address4, Address6 } from "ip-address";

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
  // The library takes addresses without a prefix and with a zone (`fe80::1%eth0`), too.
  if (!/^[0-9a-fA-F:.]+\/\d{1,3}$/.test(text)) return undefined;
  const version = text.includes(":") ? 6 : 4;
  try {
    const block = version === 6 ? new Address6(text) : new Address4(text);
    return { version, first: block.startAddress().bigInt(), last: block.endAddress().bigInt() };
  } catch {
    return undefined;
  }
}
