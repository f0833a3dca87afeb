import type { Value } from "../../values";
import type { SubnetSpecArgs } from "./args";
import { holds, lastHostOf, networkOf, nextOf, parseBlock } from "./ipv4";
import type { Block } from "./ipv4";
import type { Input, Output } from "../awsx/output";

/** A planned subnet. Its block is an output if the VPC's is. */
export interface PlannedSubnet<Block = string | Output<string>> {
  /** `Public`, `Private`, `Isolated`, or `Unused` for a gap. */
  readonly type: string;
  /** The name of its availability zone. */
  readonly zone: string;
  /** The Pulumi name. */
  readonly resourceName: string;
  /** The `Name` tag. */
  readonly nameTag: string;
  readonly cidrBlock: Block;
  readonly assignIpv6AddressOnCreation: Input | undefined;
  readonly tags: Input | undefined;
}

/** One row of the output `subnetLayout`: a subnet of every zone. */
type LayoutRow = Pick<SubnetSpecArgs, "type"> &
  Partial<Pick<SubnetSpecArgs, "name" | "cidrBlocks" | "cidrMask" | "size">>;

/** The layout as declared: awsx's output for `Auto` and `Exact` with specs. */
export function declaredLayout(specs: readonly LayoutRow[]): Value {
  return specs.map(({ name, cidrBlocks, cidrMask, size, type }) => ({
    ...(name ? { name } : {}),
    ...(cidrBlocks ? { cidrBlocks: [...cidrBlocks] } : {}),
    ...(cidrMask ? { cidrMask } : {}),
    ...(size ? { size } : {}),
    type,
  }));
}

/**
 * The layout of placed subnets, with gaps as `Unused`: awsx's output for `Legacy`, `AutoMerge` and default subnets.
 * Like awsx it treats the first subnets as those of one zone, which is wrong for the default subnets of `Legacy`,
 * where all private ones come first.
 */
export function derivedLayout(placed: readonly PlannedSubnet<string>[], zones: number): Value {
  const rows: LayoutRow[] = [];
  let previous: Block | undefined;
  for (const subnet of placed.slice(0, placed.length / zones)) {
    const block = networkOf(parseBlock(subnet.cidrBlock, "cidrBlock"));
    if (previous)
      for (const gap of gapBetween(previous, block)) rows.push({ type: "Unused", cidrMask: gap.prefix });
    rows.push({ type: subnet.type, cidrMask: block.prefix });
    previous = block;
  }
  return declaredLayout(rows);
}

/**
 * The fewest blocks that fill the gap between two blocks, each as large as possible.
 *
 * @returns for example a /20 and a /19 between 10.0.0.0/20 and 10.0.64.0/18.
 */
export function gapBetween(a: Block, b: Block): readonly Block[] {
  const [start, end] = a.address < b.address ? [a, b] : [b, a];
  const gaps: Block[] = [];
  let previous = a;
  let next = nextOf(start);
  while (next.address < end.address) {
    for (let wider = widen(next); !holds(wider, lastHostOf(previous)) && !holds(wider, firstHostOf(end));) {
      next = wider;
      wider = widen(next);
    }
    gaps.push(next);
    previous = next;
    next = nextOf(next);
  }
  return gaps;
}

function widen(block: Block): Block {
  return networkOf({ address: block.address, prefix: block.prefix - 1 });
}

function firstHostOf(block: Block): number {
  return block.prefix <= 30 ? block.address + 1 : block.address;
}
