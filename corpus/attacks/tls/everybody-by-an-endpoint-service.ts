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
  new aws.lb.Listener("tcp", {
    loadBalancerArn: arn,
    protocol: "TCP",
    port: 80,
    defaultActions: [
      { type: "forward", targetGroupArn: targets(vpc.id, { protocol: "TCP", port: 80, healthCheck }).arn },
    ],
  });
  const service = new aws.ec2.VpcEndpointService("catalogue", {
    networkLoadBalancerArns: [arn],
    acceptanceRequired: false,
  });
  new aws.ec2.VpcEndpointServiceAllowedPrinciple("callers", {
    vpcEndpointServiceId: service.id,
    principalArn: mended ? "arn:aws:iam::210987654321:root" : "*",
  });
}
