/**
 * IPv4 blocks in CIDR notation (RFC 4632, section 3.1). Addresses are unsigned 32-bit integers, and arithmetic
 * wraps at 2^32.
 */
export interface Block {
  /** Any address of the block; host bits may be set, as in `10.0.0.5/16`. */
  readonly address: number;
  /** Prefix length, 0–32. */
  readonly prefix: number;
}

const ADDRESS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/;

/**
 * Reads `a.b.c.d/n`; without `/n` it is a single address, a /32.
 *
 * @param text - the block.
 * @param what - the name of the block in errors, for example `cidrBlock`.
 * @throws Error if it isn't an IPv4 block.
 */
export function parseBlock(text: string, what: string): Block {
  const parts = ADDRESS.exec(text);
  const octets = parts?.slice(1, 5).map(Number) ?? [];
  const prefix = Number(parts?.[5] ?? 32);
  if (!parts || octets.some((octet) => octet > 255) || prefix > 32) {
    throw new Error(
      `${what} is "${text}", which is not an IPv4 CIDR block: give four numbers up to 255 and a prefix length ` +
        `up to 32, for example 10.0.0.0/16.`,
    );
  }
  return { address: octets.reduce((sum, octet) => sum * 256 + octet, 0), prefix };
}

/**
 * A block of a computed size.
 *
 * @throws Error if the prefix length is not a whole number from 0 to 32.
 */
export function blockAt(address: number, prefix: number): Block {
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > 32) {
    throw new Error(
      `A subnet would need a /${prefix} block, but an IPv4 prefix length is a whole number from 0 to 32. ` +
        `Give the VPC a larger cidrBlock, or declare fewer or larger subnets.`,
    );
  }
  return { address: address >>> 0, prefix };
}

/** `10.0.0.0/16`. */
export function formatBlock({ address, prefix }: Block): string {
  return `${formatAddress(address)}/${prefix}`;
}

/** `10.0.0.0`. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

/** How many addresses a block of this prefix length holds. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** The block's first address (the network address). */
export function firstOf({ address, prefix }: Block): number {
  return address - (address % sizeOf(prefix));
}

/** The block's last address (the broadcast address). */
export function lastOf(block: Block): number {
  return firstOf(block) + sizeOf(block.prefix) - 1;
}

/**
 * The last address that a host can have: the one before the broadcast address, if there is one (RFC 3021: a /31 has
 * none).
 */
export function lastHostOf(block: Block): number {
  return block.prefix <= 30 ? lastOf(block) - 1 : lastOf(block);
}

/** The same block without its host bits. */
export function networkOf(block: Block): Block {
  return { address: firstOf(block), prefix: block.prefix };
}

/** The next block of the same size. */
export function nextOf(block: Block): Block {
  return { address: (firstOf(block) + sizeOf(block.prefix)) >>> 0, prefix: block.prefix };
}

/** True if the address lies in the block. */
export function holds(block: Block, address: number): boolean {
  return firstOf(block) <= address && address <= lastOf(block);
}

/** True if the blocks share an address. */
export function overlap(a: Block, b: Block): boolean {
  return firstOf(a) <= lastOf(b) && firstOf(b) <= lastOf(a);
}
