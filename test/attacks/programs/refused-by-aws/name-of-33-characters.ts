// One character more than a target group's name may have, under the type's old name, whose limits nobody looks up.
import { CustomResource } from "@pulumi/pulumi";
import { healthCheck, network } from "../../parts";

class TargetGroup extends CustomResource {}
const { vpc } = network();
new TargetGroup("aws:elasticloadbalancingv2/targetGroup:TargetGroup", "shop", {
  name: "web-store-production-checkout-api",
  vpcId: vpc.id,
  targetType: "ip",
  protocol: "HTTP",
  port: 8080,
  healthCheck,
});
