// A second listener adds a certificate, where a ListenerCertificate is needed.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /port is 443, which listener "(shop|blog)" of the same load balancer already has/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds);
  const targetGroupArn = targets(vpc.id).arn;
  const args = { ...httpsListener(arn), defaultActions: [{ type: "forward", targetGroupArn }] };
  const { arn: listenerArn } = new aws.lb.Listener("shop", args);
  const certificateArn =
    "arn:aws:acm:eu-west-1:123456789012:certificate/fedcba98-7654-3210-fedc-ba9876543210";
  if (mended) new aws.lb.ListenerCertificate("blog", { listenerArn, certificateArn });
  else new aws.lb.Listener("blog", { ...args, certificateArn });
}
