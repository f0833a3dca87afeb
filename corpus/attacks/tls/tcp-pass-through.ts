// TCP on port 443 looks like TLS, but nothing shows whether the targets use TLS.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, healthCheck, network, targets } from "../../parts";

export const expected: Expected = { rule: "tls-listeners-stack", says: /protocol is "TCP"/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds, { loadBalancerType: "network" });
  new aws.lb.Listener("tcp", {
    loadBalancerArn: arn,
    protocol: mended ? "TLS" : "TCP",
    port: 443,
    ...(mended && {
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    }),
    defaultActions: [
      { type: "forward", targetGroupArn: targets(vpc.id, { protocol: "TCP", port: 443, healthCheck }).arn },
    ],
  });
}
