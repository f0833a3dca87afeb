import { CAPACITIES } from "./managed-rules";
import type { PathRateLimit, WebAclRules } from "./web-acl-rules";

/**
 * The capacity that is included in the price of a web ACL and its requests; AWS charges extra for more.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
 */
export const INCLUDED_CAPACITY = 1500;

/**
 * Capacity of a rate-based rule on IP addresses:
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
const RATE_LIMIT = 2;

/**
 * Capacity of an IP set match:
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html
 */
const IP_SET = 1;

/**
 * Capacity of a string match at the beginning or on the whole text; each text transformation adds more. AWS
 * may count a transformation of the same request component once for all rules, so this is an upper bound.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-string-match.html
 */
const TEXT_MATCH = 2;
const TRANSFORMATION = 10;

/** A path is decoded, normalized and lowercased. */
const PATH_MATCH = TEXT_MATCH + 3 * TRANSFORMATION;

/** The parts of a web ACL that use capacity. */
type Counted = Pick<WebAclRules, "managedRules" | "rateLimits" | "ruleGroups"> & {
  /** The number of IP sets that its rules use. */
  readonly ipSets: number;
};

/** The capacity of a web ACL, including its rate limit for all paths, in web ACL capacity units. */
export function capacityOf({ managedRules, rateLimits, ruleGroups, ipSets }: Counted): number {
  return [
    RATE_LIMIT,
    ipSets * IP_SET,
    ...managedRules.map((group) => CAPACITIES[group]),
    ...ruleGroups.map(({ capacityUnits }) => capacityUnits),
    ...rateLimits.map(capacityOfLimit),
  ].reduce((sum, units) => sum + units, 0);
}

function capacityOfLimit({ methods }: PathRateLimit): number {
  return RATE_LIMIT + PATH_MATCH + methods.length * TEXT_MATCH;
}
