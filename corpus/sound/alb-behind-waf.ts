// AWS's common rules, and a rate limit for each address.
import * as aws from "@pulumi/aws";
import { front } from "../store-front";

const { loadBalancer } = front();
const seen = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});
const acl = new aws.wafv2.WebAcl("shop", {
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  visibilityConfig: seen("shop"),
  rules: [
    {
      name: "common",
      priority: 1,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } },
      visibilityConfig: seen("common"),
    },
    {
      name: "rate",
      priority: 2,
      action: { block: {} },
      statement: { rateBasedStatement: { limit: 2000, aggregateKeyType: "IP" } },
      visibilityConfig: seen("rate"),
    },
  ],
});
new aws.wafv2.WebAclAssociation("shop", { resourceArn: loadBalancer.arn, webAclArn: acl.arn });
