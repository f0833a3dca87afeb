// AWS WAF inspects HTTP, which a Network Load Balancer does not process.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /"shop" is a load balancer of type network; AWS WAF allows only those of type application/,
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  new aws.wafv2.WebAclAssociation("waf", {
    resourceArn: balancer(subnetIds, { loadBalancerType: mended ? "application" : "network" }).arn,
    webAclArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/0123456789abcdef",
  });
}
