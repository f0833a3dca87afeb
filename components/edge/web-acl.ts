import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { MANAGED_RULES, type ManagedRules } from "./managed-rules";
import { named, type Tags } from "../naming";

/** Arguments of {@link WebAcl}. */
export interface WebAclArgs {
  /** What it guards: a distribution, with the component's provider in us-east-1, or a load balancer of its Region. */
  readonly scope: "CLOUDFRONT" | "REGIONAL";
  /** AWS's rule groups. */
  readonly managedRules: readonly ManagedRules[];
  /** Single rules that only count, as `<rule group>/<rule>`. */
  readonly countedRules: readonly string[];
  /** Requests of one IP address in five minutes, above which it is blocked, 10 at least. */
  readonly rateLimitPer5Minutes: number;
  /** Whether all rules only count and log what they would block. */
  readonly countOnly: boolean;
  /** Days that logs are kept, one of `LOG_RETENTION_DAYS`. */
  readonly logRetentionDays: number;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * A web ACL of AWS WAF: a limit for each IP address, then AWS's managed rules. It logs what it blocks or counts,
 * without cookies and credentials.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html
 */
export class WebAcl extends pulumi.ComponentResource {
  /** The web ACL's ARN, available once it logs. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: WebAclArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:WebAcl", name, {}, opts);

    const webAcl = new aws.wafv2.WebAcl(
      `${name}-web-acl`,
      {
        scope: args.scope,
        defaultAction: { allow: {} },
        rules: [rateLimit(args), ...managedRules(args)],
        visibilityConfig: visibility("web-acl"),
        tags: named(args.tags, `${name}-web-acl`),
      },
      { parent: this },
    );
    const logging = createLogging(name, args, webAcl, this);

    this.arn = pulumi.all([webAcl.arn, logging.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}

type Rule = aws.types.input.wafv2.WebAclRule;

/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html */
function rateLimit({ rateLimitPer5Minutes, countOnly }: WebAclArgs): Rule {
  return {
    name: "rate-limit",
    priority: 0,
    statement: {
      rateBasedStatement: {
        aggregateKeyType: "IP",
        limit: rateLimitPer5Minutes,
        evaluationWindowSec: 300,
      },
    },
    action: countOnly ? { count: {} } : { block: {} },
    visibilityConfig: visibility("rate-limit"),
  };
}

/** A group's priority is its place among all there are: to add one moves no other. */
function managedRules({ managedRules: chosen, countedRules, countOnly }: WebAclArgs): Rule[] {
  return [...MANAGED_RULES.entries()]
    .filter(([, group]) => chosen.includes(group))
    .map(([index, group]) => ({
      name: group,
      priority: 10 + index,
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

function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

/** AWS WAF finds only log groups of which the name begins like this one's. */
function createLogging(
  name: string,
  args: WebAclArgs,
  webAcl: aws.wafv2.WebAcl,
  parent: pulumi.Resource,
): pulumi.CustomResource {
  const logGroup = new aws.cloudwatch.LogGroup(
    `aws-waf-logs-${name}`,
    { retentionInDays: args.logRetentionDays, tags: named(args.tags, `aws-waf-logs-${name}`) },
    { parent },
  );
  return new aws.wafv2.WebAclLoggingConfiguration(
    `${name}-web-acl`,
    {
      resourceArn: webAcl.arn,
      logDestinationConfigs: [logGroup.arn],
      redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }],
      // What passes is in the access logs already.
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            conditions: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({
              actionCondition: { action },
            })),
          },
        ],
      },
    },
    { parent },
  );
}
