import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { MANAGED_RULES, type ManagedRules } from "./managed-rules";

/** A rate limit for some paths. */
export interface PathRateLimit {
  /** Unique name of letters, digits and hyphens. */
  readonly name: string;
  /** Prefix of the paths, beginning with `/`, up to 200 characters; case-insensitive. */
  readonly path: string;
  /** Requests from one IP address in five minutes, above which it is blocked, at least 10. */
  readonly requestsPer5Minutes: number;
  /** Methods that count; empty for all. */
  readonly methods: readonly string[];
}

/** An existing rule group. */
export interface RuleGroup {
  /** Unique name within the stack, of letters, digits and hyphens. */
  readonly name: string;
  /** ARN. The group has the web ACL's scope and Region. */
  readonly arn: string;
  /** Web ACL capacity units, fixed when the group is created. */
  readonly capacityUnits: number;
}

/** Arguments of {@link rulesOf}. */
export interface WebAclRules {
  /** AWS's rule groups. */
  readonly managedRules: readonly ManagedRules[];
  /** Single rules that only count, as `<rule group>/<rule>`. */
  readonly countedRules: readonly string[];
  /** Requests from one IP address in five minutes, above which it is blocked, at least 10. */
  readonly rateLimitPer5Minutes: number;
  /** Further limits for some paths, at most 9. */
  readonly rateLimits: readonly PathRateLimit[];
  /** The user's own rule groups, in the order in which they are evaluated, at most 10. */
  readonly ruleGroups: readonly RuleGroup[];
  /**
   * Whether rules only count and log requests that they would block. The rule on allowed ranges blocks
   * regardless.
   */
  readonly countOnly: boolean;
}

/** ARNs of the IP sets that rules use; an empty list makes no rule. */
export interface RuleIpSets {
  /** The only addresses that are allowed. All others are blocked, in count mode too. */
  readonly allowed: readonly pulumi.Input<string>[];
  /** Addresses that are blocked. */
  readonly blocked: readonly pulumi.Input<string>[];
  /** Addresses that are allowed without further evaluation. */
  readonly trusted: readonly pulumi.Input<string>[];
}

/**
 * The first priority of each kind of rule. It never changes: adding a rule changes the priority of no other,
 * unless the rule is put before others of its kind. The user's own groups come after AWS's, so that they can
 * match AWS's labels.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-labels.html
 */
const PRIORITIES = {
  outsideAllowedRanges: 0,
  blockedRanges: 1,
  trustedRanges: 2,
  rateLimit: 3,
  managedRules: 10,
  ruleGroups: 20,
  rateLimits: 30,
} as const;

type Rule = aws.types.input.wafv2.WebAclRule;
type Statement = aws.types.input.wafv2.WebAclRuleStatement;
type ScopeDown = aws.types.input.wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatement;

/** The rules of a web ACL. Requests that none of them blocks are allowed. */
export function rulesOf(rules: WebAclRules, ipSets: RuleIpSets): Rule[] {
  return [
    ...rangeRules(ipSets, rules.countOnly),
    ownRule("rate-limit", PRIORITIES.rateLimit, limited(rules.rateLimitPer5Minutes), blocking(rules)),
    ...managedRules(rules),
    ...rules.ruleGroups.map(({ name, arn }, index): Rule => {
      const ruleName = `rule-group-${name}`;
      return {
        name: ruleName,
        priority: PRIORITIES.ruleGroups + index,
        statement: { ruleGroupReferenceStatement: { arn } },
        overrideAction: rules.countOnly ? { count: {} } : { none: {} },
        visibilityConfig: visibility(ruleName),
      };
    }),
    ...rules.rateLimits.map((limit, index) =>
      ownRule(
        `rate-limit-${limit.name}`,
        PRIORITIES.rateLimits + index,
        limited(limit.requestsPer5Minutes, requestsFor(limit)),
        blocking(rules),
      ),
    ),
  ];
}

/**
 * Rules on the source address of the connection, which both CloudFront and a load balancer see. Headers are
 * not used, because a visitor can send any.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html
 */
function rangeRules({ allowed, blocked, trusted }: RuleIpSets, countOnly: boolean): Rule[] {
  return [
    ...(allowed.length === 0
      ? []
      : [
          ownRule(
            "outside-allowed-ranges",
            PRIORITIES.outsideAllowedRanges,
            { notStatement: { statement: fromAny(allowed) } },
            { block: {} },
          ),
        ]),
    ...(blocked.length === 0
      ? []
      : [ownRule("blocked-ranges", PRIORITIES.blockedRanges, fromAny(blocked), blocking({ countOnly }))]),
    ...(trusted.length === 0
      ? []
      : [ownRule("trusted-ranges", PRIORITIES.trustedRanges, fromAny(trusted), { allow: {} })]),
  ];
}

/** A logical statement needs at least two nested statements. */
function fromAny(ipSetArns: readonly pulumi.Input<string>[]): Statement {
  const statements = ipSetArns.map((arn): Statement => ({ ipSetReferenceStatement: { arn } }));
  const [only] = statements;
  return only !== undefined && statements.length === 1 ? only : { orStatement: { statements } };
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html */
function limited(limit: number, scopeDownStatement?: ScopeDown): Statement {
  return {
    rateBasedStatement: { aggregateKeyType: "IP", limit, evaluationWindowSec: 300, scopeDownStatement },
  };
}

/**
 * Transformations of a path before it is compared: in many applications, `%2Flogin`, `//login`, `/x/../login`
 * and `/LOGIN` reach the same page, and each would bypass a limit on `/login`.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html
 */
const PATH_TRANSFORMATIONS = ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"].map((type, priority) => ({
  priority,
  type,
}));

function requestsFor({ path, methods }: PathRateLimit): ScopeDown {
  const ofPath: ScopeDown = {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: "STARTS_WITH",
      searchString: path.toLowerCase(),
      textTransformations: PATH_TRANSFORMATIONS,
    },
  };
  const byMethod = methods.map((method): ScopeDown => ({
    byteMatchStatement: {
      fieldToMatch: { method: {} },
      positionalConstraint: "EXACTLY",
      searchString: method,
      textTransformations: [{ priority: 0, type: "NONE" }],
    },
  }));
  const [only] = byMethod;
  if (only === undefined) return ofPath;
  const ofMethods: ScopeDown = byMethod.length === 1 ? only : { orStatement: { statements: byMethod } };
  return { andStatement: { statements: [ofPath, ofMethods] } };
}

/** A group's priority is its position among all available groups, so adding one changes no other's. */
function managedRules({ managedRules: chosen, countedRules, countOnly }: WebAclRules): Rule[] {
  return [...MANAGED_RULES.entries()]
    .filter(([, group]) => chosen.includes(group))
    .map(([index, group]) => ({
      name: group,
      priority: PRIORITIES.managedRules + index,
      statement: {
        managedRuleGroupStatement: {
          vendorName: "AWS",
          name: group,
          ruleActionOverrides: countedRules
            .filter((rule) => rule.startsWith(`${group}/`))
            .map((rule) => ({ name: rule.slice(group.length + 1), actionToUse: { count: {} } })),
        },
      },
      overrideAction: countOnly ? { count: {} } : { none: {} },
      visibilityConfig: visibility(group),
    }));
}

type Action = Pick<Rule, "action">["action"];

function blocking({ countOnly }: Pick<WebAclRules, "countOnly">): Action {
  return countOnly ? { count: {} } : { block: {} };
}

function ownRule(name: string, priority: number, statement: Statement, action: Action): Rule {
  return { name, priority, statement, action, visibilityConfig: visibility(name) };
}

/** Visibility of a rule or a web ACL: a metric and samples of its requests. */
export function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
