// A target group by a type name of earlier releases, without any check.
import { Foreign } from "../../foreign";
import { network } from "../../parts";

new Foreign("aws:elasticloadbalancingv2/targetGroup:TargetGroup", "shop", {
  vpcId: network().vpc.id,
  targetType: "ip",
  protocol: "HTTP",
  port: 8080,
});
