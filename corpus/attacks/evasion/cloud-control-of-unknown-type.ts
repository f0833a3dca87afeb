// The resource's type is unknown before it is created.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = { rule: "other-routes", says: /typeName is not known before deployment/ };

export function program(mended: boolean): void {
  const { arn } = new aws.sns.Topic("orders");
  new aws.cloudcontrol.Resource("something", {
    typeName: mended ? "AWS::SSM::Parameter" : arn.apply(() => "AWS::ElasticLoadBalancingV2::LoadBalancer"),
    desiredState: "{}",
  });
}
