// The provider accepts protocols in either case.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /defaultActions\[0\]\.type is "forward"; it must be "redirect"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds);
  new aws.lb.Listener("plain", {
    ...(mended ? httpsListener(arn) : { loadBalancerArn: arn, protocol: "http", port: 443 }),
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
