// The first action is the expected redirect; the second one forwards.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network, targets, toHttps } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /defaultActions\[1\]\.type is "forward"; it must be "redirect"/,
  also: ["api-prose"], // AWS allows only one of them.
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const forward = { type: "forward", targetGroupArn: targets(vpc.id).arn };
  new aws.lb.Listener("http", {
    loadBalancerArn: balancer(subnetIds).arn,
    protocol: "HTTP",
    port: 80,
    defaultActions: mended ? [toHttps] : [toHttps, forward],
  });
}
