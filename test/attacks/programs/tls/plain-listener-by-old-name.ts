// A type name of earlier releases, which the provider still serves and the SDK has no class for.
import { Foreign } from "../../foreign";
import { balancer, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new Foreign("aws:elasticloadbalancingv2/listener:Listener", "plain", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
