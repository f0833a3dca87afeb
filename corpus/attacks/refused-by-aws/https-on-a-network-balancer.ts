// A Network Load Balancer terminates TLS, but does not support HTTPS.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /protocol is "HTTPS", but "shop" is a load balancer of type network/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  new aws.lb.Listener("tls", {
    loadBalancerArn: balancer(subnetIds, { loadBalancerType: "network" }).arn,
    protocol: mended ? "TLS" : "HTTPS",
    port: 443,
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id, { protocol: "TCP" }).arn }],
  });
}
