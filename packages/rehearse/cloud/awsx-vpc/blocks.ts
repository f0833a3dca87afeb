import { firstOf, formatAddress, lastHostOf, networkOf, nextOf, overlap, parseBlock } from "./ipv4";

/** A subnet with its block. */
export interface BlockOwner {
  readonly resourceName: string;
  /** For example `10.0.0.0/19`. */
  readonly cidrBlock: string;
}

/** @throws Error that lists the subnets that share addresses with another. */
export function checkDisjoint(subnets: readonly BlockOwner[]): void {
  const blocks = subnets.map(({ resourceName, cidrBlock }) =>
    parseBlock(cidrBlock, `The block of ${resourceName}`),
  );
  const clashing = subnets.filter((_, index) =>
    blocks.some((other, otherIndex) => otherIndex !== index && overlap(other, blocks[index] ?? other)),
  );
  if (clashing.length === 0) return;
  const listed = clashing.map(({ resourceName, cidrBlock }) => ` - ${resourceName}: ${cidrBlock}`).join("\n");
  throw new Error(
    `These subnets overlap with another one:\n${listed}\nGive the VPC a larger cidrBlock, declare smaller ` +
      `subnets, or use fewer availability zones.`,
  );
}

/**
 * Checks that subnets, in their order, fill a VPC.
 *
 * @param vpcBlock - the VPC's block.
 * @throws Error that lists the gaps.
 */
export function checkNoGaps(vpcBlock: string, subnets: readonly BlockOwner[]): void {
  const vpc = networkOf(parseBlock(vpcBlock, "cidrBlock"));
  const gaps: string[] = [];
  let expected = vpc.address;
  let previous = `the start of the VPC (${vpcBlock})`;
  let end: number | undefined;
  for (const { resourceName, cidrBlock } of subnets) {
    const block = parseBlock(cidrBlock, `The block of ${resourceName}`);
    const label = `${resourceName} (${cidrBlock})`;
    if (firstOf(block) !== expected) gaps.push(`between ${previous} and ${label}`);
    expected = nextOf(block).address;
    previous = label;
    end = lastHostOf(block);
  }
  // As in awsx, this compares the last host address: a /31 or /32 never ends where a larger VPC does.
  if (end !== lastHostOf(vpc)) {
    gaps.push(`between ${previous} and the end of the VPC (${formatAddress(lastHostOf(vpc))})`);
  }
  if (gaps.length === 0) return;
  throw new Error(
    `With subnetStrategy "Exact" subnets must fill the VPC, but there are gaps: ${gaps.join("; ")}. Declare ` +
      `subnets of type "Unused" there, or use subnetStrategy "Auto".`,
  );
}
