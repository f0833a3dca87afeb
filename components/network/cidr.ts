import { Address4 } from "ip-address";

/** An IPv4 network: its first address as an unsigned number, and its prefix length. */
export interface Cidr {
  readonly address: number;
  readonly prefix: number;
}

/** How one zone's share of a VPC is divided, as prefix lengths. */
export interface SubnetPlan {
  /**
   * A zone's share: a quarter of the VPC, even if fewer zones are used, so that a new zone moves no subnet.
   */
  readonly zonePrefix: number;
  /** The private subnet of a zone: half of the zone's share. */
  readonly privatePrefix: number;
  /** The public subnet of a zone: a quarter of the zone's share. The last quarter is unused. */
  readonly publicPrefix: number;
}

/** The maximum number of zones: {@link planSubnets} reserves a quarter of the VPC for each. */
export const MAX_ZONES = 4;

/**
 * The longest prefix that a VPC may have: its public subnets are then /27, the minimum for a load balancer.
 */
export const SMALLEST_VPC = 23;

/** AWS reserves five addresses of every subnet: the first four and the last. */
const RESERVED_ADDRESSES = 5;

/**
 * Parses an IPv4 network in CIDR notation, such as `10.0.0.0/16`. Returns undefined if the text is malformed,
 * out of range, or has bits set after the prefix (`10.0.0.1/16`), which AWS would silently change.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4632#section-3.1
 */
export function parseCidr(text: string): Cidr | undefined {
  if (!text.includes("/") || !Address4.isValid(text)) return undefined;
  const block = new Address4(text);
  const first = block.startAddress().bigInt();
  return block.bigInt() === first ? { address: Number(first), prefix: block.subnetMask } : undefined;
}

/**
 * The private IPv4 ranges.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1918#section-3
 */
export const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] as const;

/** Whether a text in CIDR notation is a range within {@link PRIVATE_RANGES}. */
export function isPrivate(text: string): boolean {
  const range = parseCidr(text);
  return range !== undefined && PRIVATE_RANGES.some((outer) => contains(parseCidr(outer)!, range));
}

/** Whether `outer` contains all of `inner`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  const first = inner.address - outer.address;
  return first >= 0 && first + size(inner.prefix) <= size(outer.prefix);
}

/**
 * The prefix lengths of a VPC's subnets. In `10.0.0.0/16` a zone has a /18: a private /19 (8,187 usable
 * addresses), a public /20, and an unused /20.
 *
 * @param cidrBlock - the VPC's range
 * @throws RangeError if the range is malformed or smaller than /23: a load balancer needs subnets of at least
 *   /27
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 */
export function planSubnets(cidrBlock: string): SubnetPlan {
  const vpc = parseCidr(cidrBlock);
  if (vpc === undefined || vpc.prefix > SMALLEST_VPC) {
    throw new RangeError(
      `${cidrBlock} cannot be a VPC's range: use one like 10.0.0.0/16, /${SMALLEST_VPC} or larger.`,
    );
  }
  const zonePrefix = vpc.prefix + Math.log2(MAX_ZONES);
  return { zonePrefix, privatePrefix: zonePrefix + 1, publicPrefix: zonePrefix + 2 };
}

/**
 * The number of usable addresses of a subnet.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function usableAddresses(prefix: number): number {
  return Math.max(0, size(prefix) - RESERVED_ADDRESSES);
}

function size(prefix: number): number {
  return 2 ** (32 - prefix);
}
