/**
 * The AWS managed rule groups that a store may use, in the order in which a web ACL evaluates them, and the
 * web ACL capacity units that each uses. They cost nothing beyond the web ACL. `Admin protection` blocks
 * paths such as `/admin`.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const CAPACITIES = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesAdminProtectionRuleSet: 100,
} as const;

/** The name of a managed rule group. */
export type ManagedRules = keyof typeof CAPACITIES;

/** Every {@link ManagedRules}, in the order in which a web ACL evaluates them. */
export const MANAGED_RULES = Object.keys(CAPACITIES) as readonly ManagedRules[];
