// The web ACL is associated, and allows every request.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "waf",
  says: /web ACL "shop" has no rules/,
  config: "corpus/configured.json",
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  const visibilityConfig = {
    cloudwatchMetricsEnabled: true,
    metricName: "shop",
    sampledRequestsEnabled: true,
  };
  const common = {
    name: "common",
    priority: 1,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } },
    visibilityConfig,
  };
  const acl = new aws.wafv2.WebAcl("shop", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig,
    ...(mended && { rules: [common] }),
  });
  new aws.wafv2.WebAclAssociation("waf", { resourceArn: balancer(subnetIds).arn, webAclArn: acl.arn });
}
