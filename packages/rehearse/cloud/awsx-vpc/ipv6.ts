import { isIPv6 } from "node:net";

/**
 * The nth /64 of a VPC's IPv6 block. AWS gives a VPC a /56, which is 256 subnets of /64.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 *
 * @param vpcBlock - the VPC's block, for example `2600:1f13:abc:de00::/56`.
 * @param index - 0–255.
 * @returns for example `2600:1f13:abc:de07::/64`.
 * @throws Error if the block isn't a /56 with its fourth group written out, or the index is out of range.
 */
export function ipv6SubnetBlock(vpcBlock: string, index: number): string {
  const [address = "", prefix = ""] = vpcBlock.split("/");
  const groups = address.split(":");
  const fourth = groups[3] ?? "";
  if (!isIPv6(address) || prefix !== "56" || fourth === "") {
    throw new Error(
      `The VPC's ipv6CidrBlock is "${vpcBlock}", but its subnets' blocks can only be derived from an IPv6 block ` +
        `of prefix length 56 whose fourth group is written out, for example 2600:1f13:abc:de00::/56.`,
    );
  }
  if (!Number.isInteger(index) || index < 0 || index > 255) {
    throw new Error(`A /56 has IPv6 blocks for subnets 0 to 255, but subnet ${index} needs one.`);
  }
  const upper = Number.parseInt(fourth, 16) & 0xff00;
  return `${groups.slice(0, 3).join(":")}:${(upper | index).toString(16)}::/64`;
}
