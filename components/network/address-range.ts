import { Address4, Address6 } from "ip-address";

import { PRIVATE_RANGES } from "./cidr";

/** An IPv4 or IPv6 address range. */
export interface AddressRange {
  /** The original text, in CIDR notation. */
  readonly text: string;
  /** The IP version, in AWS WAF's terms. */
  readonly version: "IPV4" | "IPV6";
  /** Prefix length in bits. */
  readonly prefix: number;
  /** Its first address, as a number. */
  readonly first: bigint;
  /** Its last address, as a number. */
  readonly last: bigint;
}

/**
 * Parses a range in CIDR notation, such as `203.0.113.0/24` or `2001:db8::/32`. Returns undefined if the text
 * is not a range, has bits set after the prefix, or isn't in the form that AWS returns: IPv6 in lower case
 * and in its shortest form.
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

/** Whether `outer` contains all of `inner`. */
export function includes(outer: AddressRange, inner: AddressRange): boolean {
  return outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * Ranges that never appear as a source on the internet: "this network", private, shared, loopback and
 * link-local addresses, multicast and reserved ranges.
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
 * The IPv6 range from which addresses are allocated.
 *
 * @see https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml
 */
const GLOBAL_UNICAST = parseRange("2000::/3");

/** Whether connections over the internet may come from a range. */
export function isPublic(range: AddressRange): boolean {
  return range.version === "IPV4"
    ? !NOT_PUBLIC.some((outer) => includes(outer, range))
    : GLOBAL_UNICAST !== undefined && includes(GLOBAL_UNICAST, range);
}
