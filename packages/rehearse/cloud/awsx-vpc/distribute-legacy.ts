import type { SubnetSpecArgs } from "./args";
import { bareSpec } from "./default-specs";
import { blockAt, firstOf, formatBlock, nextOf, lastOf, overlap, parseBlock } from "./ipv4";
import type { Block } from "./ipv4";

/**
 * The `Legacy` strategy: every zone gets an equal part of the VPC, rounded up to a power of two of zones, and
 * within it private subnets come first, then public, then isolated ones.
 *
 * A block is first placed where awsx 0.x put it, at a multiple of its size; if that would overlap the previous one,
 * it follows that one directly. Host bits of the VPC's block are kept, as in awsx.
 */

/** A subnet of one zone and its place. */
export interface Allotted {
  readonly spec: SubnetSpecArgs;
  readonly zoneIndex: number;
  readonly cidrBlock: string;
}

/** The kinds in the order of placement, and the largest block of one without a size. */
const KINDS = [
  { type: "Private", prefix: 19 },
  { type: "Public", prefix: 20 },
  { type: "Isolated", prefix: 24 },
] as const;

/**
 * Places subnets by the `Legacy` strategy.
 *
 * @param cidrBlock - the VPC's block.
 * @param zones - how many zones.
 * @param specs - undefined for a private and a public subnet in every zone.
 * @returns zone by zone; if `specs` is undefined, kind by kind.
 * @throws Error if the VPC is too small or its block is malformed.
 */
export function distributeLegacy(
  cidrBlock: string,
  zones: number,
  specs: readonly SubnetSpecArgs[] | undefined,
): readonly Allotted[] {
  const vpc = parseBlock(cidrBlock, "cidrBlock");
  const zoneBits = Math.ceil(Math.log2(Math.max(zones, 1)));
  const zoneBlocks = Array.from({ length: zones }, (_, index) => part(vpc, zoneBits, index));
  if (specs !== undefined && zones === 0) {
    throw new Error(
      "subnetSpecs are given, but there are no availability zones to put subnets in: name at least one.",
    );
  }
  if (specs !== undefined) return zoneBlocks.flatMap((zone, index) => distributeZone(zone, index, specs));

  const halves = zoneBlocks.map((zone) => part(zone, 1, 0));
  const quarters = halves.map((half) => part(part(half, 0, 1), 1, 0));
  return [
    ...halves.map((block, zoneIndex) => allot(bareSpec("Private"), zoneIndex, block)),
    ...quarters.map((block, zoneIndex) => allot(bareSpec("Public"), zoneIndex, block)),
  ];
}

function distributeZone(
  zone: Block,
  zoneIndex: number,
  specs: readonly SubnetSpecArgs[],
): readonly Allotted[] {
  const allotted: Allotted[] = [];
  // With several specs, each may take at most half the zone, so that a private and a public one always fit.
  const largest = zone.prefix + (specs.length === 1 ? 0 : 1);
  let previous = blockAt(firstOf(zone) - 1, 32);
  let lastOfKinds: Block | undefined;

  for (const kind of KINDS) {
    // A later kind starts after the last subnet of the kinds before it.
    const start = lastOfKinds ? part(lastOfKinds, 0, 1) : zone;
    let lastOfKind: Block | undefined;
    specs
      .filter((spec) => spec.type.toLowerCase() === kind.type.toLowerCase())
      .forEach((spec, index) => {
        const prefix = spec.cidrMask ?? Math.max(largest, kind.prefix);
        const preferred = part(start, prefix - start.prefix, index);
        const block = overlap(previous, preferred) ? blockAfter(previous, prefix) : preferred;
        allotted.push(allot({ ...spec, type: kind.type }, zoneIndex, block));
        previous = lastOfKind = block;
      });
    lastOfKinds = lastOfKind ?? lastOfKinds;
  }
  return allotted;
}

/** The nth part of a block that is divided by additional prefix bits; may be outside the block. */
function part(block: Block, bits: number, index: number): Block {
  const prefix = block.prefix + bits;
  if (prefix > 32) {
    throw new Error(
      `The subnets would need to split ${formatBlock(block)} by ${bits} more bits, but it has only ` +
        `${32 - block.prefix}. Give the VPC a larger cidrBlock, or declare fewer zones or larger subnets.`,
    );
  }
  return blockAt(block.address + 2 ** (32 - prefix) * index, prefix);
}

/** The first block of a size that starts after another's last address. */
function blockAfter(block: Block, prefix: number): Block {
  return nextOf(blockAt(lastOf(block), prefix));
}

function allot(spec: SubnetSpecArgs, zoneIndex: number, block: Block): Allotted {
  return { spec, zoneIndex, cidrBlock: formatBlock(block) };
}
