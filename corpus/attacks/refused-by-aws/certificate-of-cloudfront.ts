// CloudFront's certificate is in us-east-1, and the load balancer in eu-west-1.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /the Region of certificateArn is "us-east-1"; it must be "eu-west-1"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    certificateArn: `arn:aws:acm:${mended ? "eu-west-1" : "us-east-1"}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`,
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
