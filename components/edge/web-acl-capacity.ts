import { CAPACITIES } from "./managed-rules";
import type { PathRateLimit, WebAclRules } from "./web-acl-rules";

/**
 * The capacity that the price of a web ACL and of its requests includes; AWS charges extra for more.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
 */
export const INCLUDED_CAPACITY = 1500;

/** What a rate-based rule on IP addresses takes: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html */
const RATE_LIMIT = 2;

/** What a set of addresses takes: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html */
const IP_SET = 1;

/**
 * What a text at the beginning, or the whole text, takes, and each transformation before it. AWS may count a transformation
 * of the same part once for all rules: this is the most.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-string-match.html
 */
const TEXT_MATCH = 2;
const TRANSFORMATION = 10;

/** A path is decoded, normalized and put into small letters. */
const PATH_MATCH = TEXT_MATCH + 3 * TRANSFORMATION;

/** What counts for a web ACL's capacity. */
type Counted = Pick<WebAclRules, "managedRules" | "rateLimits" | "ruleGroups"> & {
  /** How many sets of addresses its rules ask. */
  readonly ipSets: number;
};

/** What a web ACL takes, with its rate limit for all paths, in web ACL capacity units. */
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
