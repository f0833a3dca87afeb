// There is a web ACL, and it guards the load balancer that is not public.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

const { subnetIds } = network();
balancer(subnetIds);
const backstage = new aws.lb.LoadBalancer("backstage", {
  internal: true,
  subnets: subnetIds,
  dropInvalidHeaderFields: true,
  enableDeletionProtection: true,
});
new aws.wafv2.WebAclAssociation("waf", {
  resourceArn: backstage.arn,
  webAclArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/0123456789abcdef",
});
