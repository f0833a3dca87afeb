import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { MANAGED_RULES, type ManagedRules } from "./managed-rules";

/** How often an address may ask for some paths. */
export interface PathRateLimit {
  /** Its name, unlike the others', of letters, digits and hyphens. */
  readonly name: string;
  /** What the paths begin with, from `/` on, up to 200 characters; capitals make no difference. */
  readonly path: string;
  /** Requests of one IP address in five minutes, above which it is blocked, 10 at least. */
  readonly requestsPer5Minutes: number;
  /** Methods that count; empty for all. */
  readonly methods: readonly string[];
}

/** A rule group that is there already. */
export interface RuleGroup {
  /** What it is called here, unlike the others, in letters, digits and hyphens. */
  readonly name: string;
  /** Its ARN: of the web ACL's scope and Region. */
  readonly arn: string;
  /** Web ACL capacity units that it takes, which are fixed when it is made. */
  readonly capacityUnits: number;
}

/** What a web ACL's rules are made of. */
export interface WebAclRules {
  /** AWS's rule groups. */
  readonly managedRules: readonly ManagedRules[];
  /** Single rules that only count, as `<rule group>/<rule>`. */
  readonly countedRules: readonly string[];
  /** Requests of one IP address in five minutes, above which it is blocked, 10 at least. */
  readonly rateLimitPer5Minutes: number;
  /** Further limits for some paths, 9 at most. */
  readonly rateLimits: readonly PathRateLimit[];
  /** Rule groups of one's own, in the order in which they are asked, 10 at most. */
  readonly ruleGroups: readonly RuleGroup[];
  /** Whether all rules, but those that say who is let in at all, only count and log what they would block. */
  readonly countOnly: boolean;
}

/** ARNs of the sets of addresses that rules ask; empty ones make no rule. */
export interface RuleIpSets {
  /** Who is let in: everybody else is blocked, in count mode, too. */
  readonly allowed: readonly pulumi.Input<string>[];
  /** Who is blocked. */
  readonly blocked: readonly pulumi.Input<string>[];
  /** Who is asked nothing further. */
  readonly trusted: readonly pulumi.Input<string>[];
}

/**
 * Where each kind of rule begins. It never moves: a rule more changes the priority of no other, unless it is put before
 * others of its kind. Own groups come behind AWS's, whose labels they may ask for.
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

/** The rules of a web ACL, which lets in what none of them blocks. */
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
 * By the address that the connection comes from, which CloudFront sees as well as a load balancer does. No header counts:
 * a visitor may send any.
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

/** A logical statement takes two or more others. */
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
 * What a path is before it is compared: `%2Flogin`, `//login`, `/x/../login` and `/LOGIN` reach the same page of many an
 * application, and would each pass a limit of `/login`.
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

/** A group's priority is its place among all there are: to add one moves no other. */
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

/** What AWS WAF tells of a rule or a web ACL: a metric, and a sample of its requests. */
export function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
