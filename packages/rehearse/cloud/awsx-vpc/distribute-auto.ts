import type { SubnetSpecArgs } from "./args";
import { defaultSpecs, mergedSpecs } from "./default-specs";
import type { Allotted } from "./distribute-legacy";
import { blockAt, firstOf, formatBlock, lastHostOf, networkOf, nextOf, parseBlock, sizeOf } from "./ipv4";
import type { Block } from "./ipv4";

/** How subnets are laid out by `Auto`, `AutoMerge` and `Exact`. */
export interface AutoRequest {
  /** How many zones. */
  readonly zones: number;
  /** Undefined for a private and a public subnet in every zone. */
  readonly specs: readonly SubnetSpecArgs[] | undefined;
  /** True for `AutoMerge`: the specs amend the default ones. */
  readonly merge: boolean;
  /** The prefix length that every zone is aligned to; undefined to divide the VPC equally. */
  readonly zonePrefix: number | undefined;
}

/**
 * The specs as they are placed in every zone.
 *
 * @param zonePrefix - the zone's prefix length; undefined before the VPC's block is known.
 * @throws Error if the default subnets don't fit.
 */
export function autoSpecs(request: AutoRequest, zonePrefix?: number): readonly SubnetSpecArgs[] {
  if (request.merge) return mergedSpecs(defaultSpecs(zonePrefix), request.specs);
  return request.specs ?? defaultSpecs(zonePrefix);
}

/**
 * The `Auto` strategy: every zone gets an equal part of the VPC, and within it subnets come in the order of their
 * specs, each at the next multiple of its size.
 *
 * @param cidrBlock - the VPC's block.
 * @returns zone by zone, in the order of {@link autoSpecs}.
 * @throws Error if the subnets don't fit into a zone, or there are none.
 */
export function distributeAuto(cidrBlock: string, request: AutoRequest): readonly Allotted[] {
  const vpc = networkOf(parseBlock(cidrBlock, "cidrBlock"));
  const zonePrefix = request.zonePrefix ?? vpc.prefix + bitsFor(request.zones);
  const specs = autoSpecs(request, zonePrefix);
  if (specs.length === 0)
    throw new Error("subnetSpecs is empty: declare a subnet, or leave it out for default ones.");

  const evenPrefix = zonePrefix + bitsFor(specs.length);
  const prefixes = specs.map((spec) => spec.cidrMask ?? evenPrefix);
  let zone = networkOf(blockAt(vpc.address, zonePrefix));
  const wanted = prefixes.reduce((sum, prefix) => sum + sizeOf(blockAt(0, prefix).prefix), 0);
  if (wanted > sizeOf(zonePrefix)) {
    throw new Error(
      `The subnets of an availability zone need ${wanted} addresses, but its part of the VPC (a /${zonePrefix} of ` +
        `${cidrBlock}) has ${sizeOf(zonePrefix)}. Give the VPC a larger cidrBlock, use fewer zones, or declare ` +
        `smaller subnets.`,
    );
  }

  const allotted: Allotted[] = [];
  for (let zoneIndex = 0; zoneIndex < request.zones; zoneIndex++) {
    let previous: Block | undefined;
    specs.forEach((spec, index) => {
      const prefix = prefixes[index] ?? evenPrefix;
      // As in awsx, this starts from the last host address: after a /30 or larger, a /32 is placed on its broadcast
      // address.
      const block: Block = previous
        ? nextOf(blockAt(lastHostOf(previous), prefix))
        : networkOf(blockAt(firstOf(zone), prefix));
      allotted.push({ spec, zoneIndex, cidrBlock: formatBlock(block) });
      previous = block;
    });
    zone = nextOf(zone);
  }
  return allotted;
}

/** The number of bits for so many values. */
function bitsFor(count: number): number {
  return count === 0 ? 0 : Math.ceil(Math.log2(count));
}
