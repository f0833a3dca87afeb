import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named, type Tags } from "../naming";

/** Arguments of {@link createIpSets}. */
export interface IpSetsArgs {
  /** What it guards: a distribution, with the parent's provider in us-east-1, or a load balancer of its Region. */
  readonly scope: "CLOUDFRONT" | "REGIONAL";
  /** What the ranges are for, as AWS shows it. */
  readonly description: string;
  /** Ranges in CIDR notation, of IPv4 and IPv6. */
  readonly ranges: readonly string[];
  /** Further ranges of IPv4 that AWS names. @default none */
  readonly ofAws?: pulumi.Input<string[]> | undefined;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * AWS WAF's sets of addresses: one for each version of IP that has ranges, as AWS takes no set of both. A range more or less
 * changes a set in place, and no rule.
 *
 * @returns their ARNs
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
 * Where Route 53's health checkers ask from. They ask for a name, and so by IPv4.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/route-53-ip-addresses.html
 */
export function healthCheckerRanges(): pulumi.Output<string[]> {
  return aws.getIpRangesOutput({ services: ["ROUTE53_HEALTHCHECKS"] }).cidrBlocks;
}
