import { type AddressRange, includes, overlap, parseRange } from "../../components/network/address-range";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";

/** Constraints on the address ranges that may reach the store. */
export const rangeConstraints: readonly Constraint[] = [
  allowedToInternal,
  allowedPastWebAcl,
  allowedWithoutWebAcl,
  ipv6WithoutAddresses,
  moreRulesThanOneGroup,
  withinOthers,
  neverAllowed,
  nothingLeft,
  blockedAndTrusted,
];

function allowedToInternal({ allowedRanges, internal }: Settings): Violation[] {
  if (!internal.enabled || allowedRanges.length === 0) return [];
  return [
    {
      at: "allowedRanges",
      allowed:
        "an empty list, because internal.enabled is true: nobody reaches the store over the internet then",
      remedy: "remove allowedRanges; private ranges go into internal.sourceRanges",
    },
  ];
}

/**
 * All customers share CloudFront's servers, so anyone's distribution can reach a public load balancer and bypass the
 * web ACL.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 */
function allowedPastWebAcl({ allowedRanges, cdn }: Settings): Violation[] {
  if (!cdn.enabled || cdn.origin === "vpc" || allowedRanges.length === 0) return [];
  return [
    {
      at: "cdn.origin",
      allowed:
        "vpc, where allowedRanges has ranges: anyone's distribution can bypass AWS WAF to a load balancer with public addresses",
      remedy: "set cdn.origin to vpc, or remove allowedRanges",
    },
  ];
}

function allowedWithoutWebAcl({ allowedRanges, cdn, waf }: Settings): Violation[] {
  if (!cdn.enabled || waf.enabled || allowedRanges.length === 0) return [];
  return [
    {
      at: "waf.enabled",
      allowed:
        "true, because cdn.enabled is true and allowedRanges has ranges: with CloudFront, AWS WAF checks the addresses",
      remedy: "set waf.enabled to true, for about 11 dollars a month, or remove allowedRanges",
    },
  ];
}

function ipv6WithoutAddresses({ allowedRanges, cdn, network }: Settings): Violation[] {
  const ranges = allowedRanges.filter((range) => range.includes(":"));
  if (cdn.enabled || network.ipv6 || ranges.length === 0) return [];
  return [
    {
      at: "allowedRanges",
      allowed: "IPv4 ranges, because network.ipv6 is false: the load balancer has no IPv6 addresses",
      remedy: `remove ${shown(ranges)}, or set network.ipv6 to true`,
    },
  ];
}

/**
 * Maximum number of rules of a security group, for each IP version.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
const MOST_RULES = 60;

/**
 * The number of rules that the prefix list of Route 53's health checkers counts as:
 * https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
const CHECKER_RULES = 25;

/** Each range has a rule for HTTPS and one for the redirect from HTTP. */
function moreRulesThanOneGroup({ allowedRanges, cdn, externalHealthCheck }: Settings): Violation[] {
  if (cdn.enabled) return [];
  const checkers = externalHealthCheck.enabled ? CHECKER_RULES : 0;
  return (["IPv4", "IPv6"] as const).flatMap((version) => {
    const count = allowedRanges.filter((range) => range.includes(":") === (version === "IPv6")).length;
    const most = Math.floor((MOST_RULES - (version === "IPv4" ? checkers : 0)) / 2);
    if (count <= most) return [];
    return [
      {
        at: "allowedRanges",
        allowed: `up to ${most} ranges of ${version}${most * 2 < MOST_RULES - 1 ? ", because externalHealthCheck.enabled is true" : ""}: each uses 2 of the ${MOST_RULES} rules of the load balancer's security group (there are ${count})`,
        remedy:
          "merge neighbouring ranges, or use CloudFront and AWS WAF, which allow 100: cdn.enabled, waf.enabled",
      },
    ];
  });
}

/** AWS WAF's lists of ranges, with their settings. */
function wafLists({ waf }: Settings): readonly (readonly [string, readonly string[]])[] {
  return [
    ["waf.blockedRanges", waf.blockedRanges],
    ["waf.trustedRanges", waf.trustedRanges],
  ];
}

const parsed = (ranges: readonly string[]): AddressRange[] =>
  ranges.flatMap((range) => parseRange(range) ?? []);

/** Two ranges overlap only if one is within the other. */
function withinOthers(settings: Settings): Violation[] {
  const lists = [["allowedRanges", settings.allowedRanges] as const, ...wafLists(settings)];
  return lists.flatMap(([at, ranges]) => {
    const sorted = parsed(ranges).sort(
      (one, other) =>
        one.version.localeCompare(other.version) ||
        compare(one.first, other.first) ||
        one.prefix - other.prefix,
    );
    let outer: AddressRange | undefined;
    const inner: string[] = [];
    for (const range of sorted) {
      if (outer !== undefined && includes(outer, range)) inner.push(`${range.text} (within ${outer.text})`);
      else outer = range;
    }
    if (inner.length === 0) return [];
    return [
      { at, allowed: "ranges that do not overlap", remedy: `remove ${shown(inner)}, or the larger range` },
    ];
  });
}

/** Blocking or trusting a range has no effect if the store does not let it in. */
function neverAllowed(settings: Settings): Violation[] {
  const allowed = parsed(settings.allowedRanges);
  if (allowed.length === 0) return [];
  return wafLists(settings).flatMap(([at, ranges]) => {
    const outside = parsed(ranges).filter((range) => !allowed.some((outer) => includes(outer, range)));
    if (outside.length === 0) return [];
    return [
      {
        at,
        allowed: "ranges within allowedRanges, if that has any: nobody else reaches the store",
        remedy: `remove ${shown(outside.map(({ text }) => text))}, or add them to allowedRanges`,
      },
    ];
  });
}

function nothingLeft({ allowedRanges, waf }: Settings): Violation[] {
  const blocked = parsed(waf.blockedRanges);
  const left = parsed(allowedRanges).filter((range) => blocked.some((outer) => includes(outer, range)));
  if (left.length === 0) return [];
  return [
    {
      at: "waf.blockedRanges",
      allowed: "parts of the ranges in allowedRanges: a completely blocked range lets nobody in",
      remedy: `remove ${shown(left.map(({ text }) => text))} from both`,
    },
  ];
}

function blockedAndTrusted({ waf }: Settings): Violation[] {
  const blocked = parsed(waf.blockedRanges);
  const both = parsed(waf.trustedRanges).filter((range) => blocked.some((other) => overlap(other, range)));
  if (both.length === 0) return [];
  return [
    {
      at: "waf.trustedRanges",
      allowed: "ranges without an address in waf.blockedRanges",
      remedy: `remove ${shown(both.map(({ text }) => text))} here, or the overlapping ranges there`,
    },
  ];
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Up to five texts, and the number of further ones. */
function shown(texts: readonly string[]): string {
  const first = texts.slice(0, 5).join(", ");
  return texts.length > 5 ? `${first} and ${texts.length - 5} more` : first;
}
