// Reading the first listener's unknown policy must not stop the pack before the second listener.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = { rule: "tls-listeners", says: /defaultActions\[0\]\.type is "forward"/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds);
  const defaultActions = [{ type: "forward", targetGroupArn: targets(vpc.id).arn }];
  new aws.lb.Listener("https", {
    ...httpsListener(arn),
    ...(!mended && { sslPolicy: arn.apply(() => "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09") }),
    defaultActions,
  });
  new aws.lb.Listener("plain", {
    ...(mended ? httpsListener(arn) : { loadBalancerArn: arn, protocol: "HTTP" }),
    port: 8080,
    defaultActions,
  });
}
