// The provider still accepts a type name of earlier releases, for which the SDK has no class.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = { rule: "tls-listeners", says: /defaultActions\[0\]\.type is "forward"/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds);
  new Foreign("aws:elasticloadbalancingv2/listener:Listener", "plain", {
    ...(mended ? httpsListener(arn) : { loadBalancerArn: arn, protocol: "HTTP", port: 80 }),
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
