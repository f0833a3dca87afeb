// The web ACL protects the load balancer that is not public.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "waf",
  says: /no web ACL is associated with it/,
  config: "corpus/configured.json",
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  const shop = balancer(subnetIds);
  const backstage = new aws.lb.LoadBalancer("backstage", {
    internal: true,
    subnets: subnetIds,
    dropInvalidHeaderFields: true,
    enableDeletionProtection: true,
  });
  new aws.wafv2.WebAclAssociation("waf", {
    resourceArn: (mended ? shop : backstage).arn,
    webAclArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/0123456789abcdef",
  });
}
