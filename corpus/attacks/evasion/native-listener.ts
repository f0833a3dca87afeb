// The AWS Cloud Control provider creates the same listener under another type name.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";
import { balancer, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "other-routes",
  says: /aws-native:elasticloadbalancingv2:Listener is another provider's name/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds);
  const targetGroupArn = targets(vpc.id).arn;
  if (mended) return;
  new Foreign("aws-native:elasticloadbalancingv2:Listener", "plain", {
    loadBalancerArn: arn,
    protocol: "HTTP",
    port: 80,
    defaultActions: [{ type: "forward", targetGroupArn }],
  });
}
