import { Address4, Address6 } from "ip-address";

import { PRIVATE_RANGES } from "./cidr";

/** A range of addresses, of either version of IP. */
export interface AddressRange {
  /** As it was written, in CIDR notation. */
  readonly text: string;
  /** The version of IP, as AWS WAF calls it. */
  readonly version: "IPV4" | "IPV6";
  /** Bits that all its addresses have in common. */
  readonly prefix: number;
  /** Its first address, as a number. */
  readonly first: bigint;
  /** Its last address, as a number. */
  readonly last: bigint;
}

/**
 * The range that a text in CIDR notation names, such as `203.0.113.0/24` or `2001:db8::/32`; undefined when it names
 * none, has bits set behind the prefix, or isn't in the form that AWS gives back: IPv6 in small letters and as short as it
 * can be.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5952#section-4
 */
export function parseRange(text: string): AddressRange | undefined {
  const [host = "", prefix = ""] = text.split("/");
  if (!/^\d{1,3}$/.test(prefix)) return undefined;
  const version = text.includes(":") ? "IPV6" : "IPV4";
  const Address = version === "IPV6" ? Address6 : Address4;
  if (!Address.isValid(text)) return undefined;
  const block = new Address(text);
  const [first, last] = [block.startAddress().bigInt(), block.endAddress().bigInt()];
  if (block.bigInt() !== first || block.correctForm() !== host) return undefined;
  return { text, version, prefix: block.subnetMask, first, last };
}

/** Whether two ranges have an address in common. */
export function overlap(one: AddressRange, other: AddressRange): boolean {
  return one.version === other.version && one.first <= other.last && other.first <= one.last;
}

/** Whether all of `inner` lies within `outer`. */
export function includes(outer: AddressRange, inner: AddressRange): boolean {
  return outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * Ranges from which nothing comes over the internet: this network, private, shared, loopback and link-local addresses,
 * multicast and what is reserved.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
const NOT_PUBLIC = [
  ...PRIVATE_RANGES,
  "0.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/3",
].flatMap((text) => parseRange(text) ?? []);

/**
 * The addresses of IPv6 that are given out.
 *
 * @see https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml
 */
const GLOBAL_UNICAST = parseRange("2000::/3");

/** Whether a range is one from which somebody may come over the internet. */
export function isPublic(range: AddressRange): boolean {
  return range.version === "IPV4"
    ? !NOT_PUBLIC.some((outer) => includes(outer, range))
    : GLOBAL_UNICAST !== undefined && includes(GLOBAL_UNICAST, range);
}
