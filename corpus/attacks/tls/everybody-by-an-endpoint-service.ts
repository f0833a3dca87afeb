// Every AWS account may connect to the service, and nobody has to accept: the internal load balancer is public.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, healthCheck, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners-stack",
  says: /declared internal, but the endpoint service "catalogue", which accepts every AWS account, makes it public/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds, { loadBalancerType: "network", internal: true });
  new aws.lb.Listener("front", {
    loadBalancerArn: arn,
    protocol: mended ? "TLS" : "TCP",
    port: 443,
    ...(mended && {
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    }),
    defaultActions: [
      { type: "forward", targetGroupArn: targets(vpc.id, { protocol: "TCP", port: 80, healthCheck }).arn },
    ],
  });
  new aws.ec2.VpcEndpointService("catalogue", {
    networkLoadBalancerArns: [arn],
    acceptanceRequired: false,
    allowedPrincipals: ["*"],
  });
}
