// The listener is in a template, which is a text in the program.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "other-routes",
  says: /creates the resources of its template, which no rule sees/,
};

export function program(mended: boolean): void {
  new aws.cloudformation.Stack("doors", {
    parameters: { Balancer: balancer(network().subnetIds).arn },
    templateBody: JSON.stringify({
      Parameters: { Balancer: { Type: "String" } },
      Resources: mended
        ? { Parcels: { Type: "AWS::SQS::Queue" } }
        : {
            Plain: {
              Type: "AWS::ElasticLoadBalancingV2::Listener",
              Properties: { LoadBalancerArn: { Ref: "Balancer" }, Protocol: "HTTP", Port: 80 },
            },
          },
    }),
  });
}
