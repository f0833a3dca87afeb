// AWS uses HTTP if a load balancer's listener on port 80 has no protocol.
import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = { rule: "tls-listeners", says: /defaultActions\[0\]\.type is "forward"/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds);
  new aws.lb.Listener("web", {
    ...(mended
      ? httpsListener(arn)
      : { loadBalancerArn: arn, protocol: null as unknown as Input<string>, port: 80 }),
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
