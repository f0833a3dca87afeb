// Cloud Control creates a resource of any type, which is only a text, in any case.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "other-routes",
  says: /typeName is "aws::ElasticLoadBalancingV2::listener"/,
};

export function program(mended: boolean): void {
  const { arn } = balancer(network().subnetIds);
  if (mended) return;
  new aws.cloudcontrol.Resource("plain", {
    typeName: "aws::ElasticLoadBalancingV2::listener",
    desiredState: arn.apply((LoadBalancerArn) =>
      JSON.stringify({ LoadBalancerArn, Protocol: "HTTP", Port: 80 }),
    ),
  });
}
