import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named, type Tags } from "../naming";

/** Arguments of {@link createIpSets}. */
export interface IpSetsArgs {
  /**
   * What the sets are for: a distribution, with the parent's provider in us-east-1, or a load balancer in the
   * provider's Region.
   */
  readonly scope: "CLOUDFRONT" | "REGIONAL";
  /** Description of the sets. */
  readonly description: string;
  /** IPv4 and IPv6 ranges in CIDR notation. */
  readonly ranges: readonly string[];
  /** Further IPv4 ranges, published by AWS. @default none */
  readonly ofAws?: pulumi.Input<string[]> | undefined;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * Creates AWS WAF IP sets, one for each IP version that has ranges, because a set can't contain both. Adding
 * or removing a range updates a set in place and changes no rule.
 *
 * @returns the sets' ARNs
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateIPSet.html
 */
export function createIpSets(
  name: string,
  { scope, description, ranges, ofAws, tags }: IpSetsArgs,
  parent: pulumi.Resource,
): readonly pulumi.Output<string>[] {
  return (["IPV4", "IPV6"] as const).flatMap((version) => {
    const own = ranges.filter((range) => range.includes(":") === (version === "IPV6"));
    const more = version === "IPV4" ? ofAws : undefined;
    if (own.length === 0 && more === undefined) return [];
    const setName = `${name}-${version.toLowerCase()}`;
    const set = new aws.wafv2.IpSet(
      setName,
      {
        scope,
        description,
        ipAddressVersion: version,
        addresses: more === undefined ? [...own] : pulumi.output(more).apply((some) => [...own, ...some]),
        tags: named(tags, setName),
      },
      { parent },
    );
    return [set.arn];
  });
}

/**
 * The address ranges of Route 53's health checkers. Health checks of a domain name use IPv4 only.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/route-53-ip-addresses.html
 */
export function healthCheckerRanges(): pulumi.Output<string[]> {
  return aws.getIpRangesOutput({ services: ["ROUTE53_HEALTHCHECKS"] }).cidrBlocks;
}
