import { messageOf } from "../../errors";
import type { SubnetSpecArgs } from "./args";
import { parseBlock, sizeOf } from "./ipv4";

/** Consistent specs, and whether they give every block. */
export interface SubnetSpecs {
  readonly specs: readonly SubnetSpecArgs[];
  /** True if every spec has `cidrBlocks`, one for each zone. */
  readonly explicit: boolean;
}

/** The allowed sizes of a subnet spec, by prefix length: 2^32 down to 4. */
const SIZES: readonly number[] = Array.from({ length: 31 }, (_, prefix) => sizeOf(prefix));

/**
 * Checks subnet specs, and completes `cidrMask` and `size` from each other.
 *
 * @throws Error that lists all of their faults.
 */
export function checkSubnetSpecs(specs: readonly SubnetSpecArgs[], zones: number): SubnetSpecs {
  const faults = [...ambiguousNames(specs), ...impossibleSizes(specs)];
  const explicit = specs.some((spec) => spec.cidrBlocks !== undefined);
  if (explicit) specs.forEach((spec, index) => faults.push(...blockFaults(spec, index, zones)));
  else specs.forEach((spec, index) => faults.push(...sizeFaults(spec, index)));
  if (faults.length > 0) {
    throw new Error(`Invalid subnetSpecs:\n${faults.map((fault) => ` - ${fault}`).join("\n")}`);
  }
  return { specs: explicit ? specs : specs.map(sized), explicit };
}

/** @throws Error if a spec gives its blocks: `AutoMerge` computes them all. */
export function checkAutoMerge(specs: readonly SubnetSpecArgs[]): void {
  const index = specs.findIndex((spec) => spec.cidrBlocks !== undefined);
  if (index < 0) return;
  throw new Error(
    `subnetStrategy "AutoMerge" does not take explicit blocks, but subnetSpecs[${index}] has cidrBlocks: leave ` +
      `them out, or use subnetStrategy "Auto" or "Exact".`,
  );
}

/** Names are unique within a type, and at most one spec of a type has none: resources are named after them. */
function ambiguousNames(specs: readonly SubnetSpecArgs[]): string[] {
  const types = [...new Set(specs.map((spec) => spec.type.toLowerCase()))];
  return types.flatMap((type) => {
    const names = specs.filter((spec) => spec.type.toLowerCase() === type).map((spec) => spec.name);
    if (new Set(names).size === names.length) return [];
    const listed = names.map((name) => (name === undefined ? "(none)" : `"${name}"`)).join(", ");
    return [
      `Subnet specs of type "${type}" have the names ${listed}: give each its own name; only one of a type may have none.`,
    ];
  });
}

function impossibleSizes(specs: readonly SubnetSpecArgs[]): string[] {
  const wrong = specs.flatMap(({ size }) => (size === undefined || SIZES.includes(size) ? [] : [size]));
  if (wrong.length === 0) return [];
  return [`Subnet sizes must be powers of two from 4 to 4294967296, but these are not: ${wrong.join(", ")}.`];
}

function blockFaults(spec: SubnetSpecArgs, index: number, zones: number): string[] {
  const { cidrBlocks, cidrMask, size } = spec;
  const at = `subnetSpecs[${index}]`;
  if (cidrBlocks === undefined) return [`${at} has no cidrBlocks: if one spec has them, all must.`];
  if (cidrBlocks.length !== zones) {
    return [
      `${at}.cidrBlocks has ${cidrBlocks.length} blocks, but there are ${zones} availability zones: give one each.`,
    ];
  }
  const prefixes: number[] = [];
  try {
    for (const block of cidrBlocks) prefixes.push(parseBlock(block, `${at}.cidrBlocks`).prefix);
  } catch (error) {
    return [messageOf(error)];
  }
  if (cidrMask !== undefined && prefixes.some((prefix) => prefix !== cidrMask)) {
    return [
      `${at}.cidrMask is ${cidrMask}, but cidrBlocks are ${cidrBlocks.join(", ")}: make them agree, or leave it out.`,
    ];
  }
  if (size !== undefined && prefixes.some((prefix) => sizeOf(prefix) !== size)) {
    return [
      `${at}.size is ${size}, but cidrBlocks are ${cidrBlocks.join(", ")}: make them agree, or leave it out.`,
    ];
  }
  return [];
}

function sizeFaults(spec: SubnetSpecArgs, index: number): string[] {
  const { cidrMask, size } = sized(spec);
  if (spec.size === undefined || size === undefined || size === spec.size) return [];
  return [
    `subnetSpecs[${index}].size is ${spec.size}, but a /${cidrMask} subnet has ${size} addresses: make size and cidrMask agree.`,
  ];
}

function sized(spec: SubnetSpecArgs): SubnetSpecArgs {
  const cidrMask = spec.cidrMask ?? (spec.size ? SIZES.indexOf(spec.size) : undefined);
  return { ...spec, cidrMask, size: cidrMask ? SIZES[cidrMask] : undefined };
}
