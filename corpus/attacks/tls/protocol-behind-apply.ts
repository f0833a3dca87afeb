// The result of apply is unknown in a preview.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = { rule: "tls-listeners", says: /protocol is not known before deployment/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds);
  new aws.lb.Listener("web", {
    ...(mended ? httpsListener(arn) : { loadBalancerArn: arn, protocol: arn.apply(() => "HTTP"), port: 80 }),
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
