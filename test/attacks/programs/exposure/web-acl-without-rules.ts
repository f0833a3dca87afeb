// It is associated, and lets everything pass.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

const { subnetIds } = network();
const acl = new aws.wafv2.WebAcl("shop", {
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "shop", sampledRequestsEnabled: true },
});
new aws.wafv2.WebAclAssociation("waf", { resourceArn: balancer(subnetIds).arn, webAclArn: acl.arn });
