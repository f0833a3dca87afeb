// The load balancer serves 8883 with TLS; its security group opens another port to the world, too.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { allow, securityGroup } from "../../fleet";
import { healthCheck, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "world-ingress-stack",
  says: /"mqtt-9883" lets the world in on tcp 9883/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const front = securityGroup("front", vpc.id);
  for (const port of mended ? [8883] : [8883, 9883])
    allow(`mqtt-${port}`, front, port, { cidrIpv4: "0.0.0.0/0" });
  const broker = new aws.lb.LoadBalancer("broker", {
    loadBalancerType: "network",
    subnets: subnetIds,
    securityGroups: [front.id],
  });
  new aws.lb.Listener("mqtt", {
    loadBalancerArn: broker.arn,
    protocol: "TLS",
    port: 8883,
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    defaultActions: [
      {
        type: "forward",
        targetGroupArn: targets(vpc.id, {
          protocol: "TCP",
          port: 1883,
          healthCheck: { ...healthCheck, port: "8080" },
        }).arn,
      },
    ],
  });
}
