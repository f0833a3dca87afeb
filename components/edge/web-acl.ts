import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createIpSets, healthCheckerRanges } from "./ip-sets";
import { rulesOf, visibility, type WebAclRules } from "./web-acl-rules";
import { named, type Tags } from "../naming";

/** Arguments of {@link WebAcl}. */
export interface WebAclArgs extends WebAclRules {
  /**
   * What it protects: a distribution, with the component's provider in us-east-1, or a load balancer in the
   * provider's Region.
   */
  readonly scope: "CLOUDFRONT" | "REGIONAL";
  /** The only ranges that are allowed, in CIDR notation; empty for all. */
  readonly allowedRanges: readonly string[];
  /** Whether Route 53's health checkers are allowed in addition to those ranges. */
  readonly allowHealthCheckers: boolean;
  /** Ranges that are blocked. */
  readonly blockedRanges: readonly string[];
  /** Ranges that no rate limit or rule group blocks, unless they are in `blockedRanges`. */
  readonly trustedRanges: readonly string[];
  /** Log retention in days, one of `LOG_RETENTION_DAYS`. */
  readonly logRetentionDays: number;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * An AWS WAF web ACL: allowed, blocked and trusted ranges, a rate limit for each IP address, AWS's managed
 * rules, the user's own rule groups, and rate limits for some paths. It logs the requests that it blocks or
 * counts, without cookies and credentials.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html
 */
export class WebAcl extends pulumi.ComponentResource {
  /** The web ACL's ARN, available once logging is set up. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: WebAclArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:WebAcl", name, {}, opts);

    const ipSets = (kind: string, ranges: readonly string[], ofAws?: pulumi.Input<string[]>) =>
      createIpSets(
        `${name}-${kind}`,
        { scope: args.scope, description: `Ranges that are ${kind}`, ranges, ofAws, tags: args.tags },
        this,
      );
    const isLimited = args.allowedRanges.length > 0;
    const checkers = isLimited && args.allowHealthCheckers ? healthCheckerRanges() : undefined;
    const rules = rulesOf(args, {
      allowed: ipSets("allowed", args.allowedRanges, checkers),
      blocked: ipSets("blocked", args.blockedRanges),
      trusted: ipSets("trusted", args.trustedRanges),
    });
    const webAcl = new aws.wafv2.WebAcl(
      `${name}-web-acl`,
      {
        scope: args.scope,
        defaultAction: { allow: {} },
        rules,
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

/** AWS WAF accepts only log groups whose names begin with `aws-waf-logs-`. */
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
      // Allowed requests are already in the access logs.
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
