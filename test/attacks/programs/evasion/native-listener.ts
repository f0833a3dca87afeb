// AWS Cloud Control's provider makes the same listener by another type name.
import { Foreign } from "../../foreign";
import { balancer, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new Foreign("aws-native:elasticloadbalancingv2:Listener", "plain", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
