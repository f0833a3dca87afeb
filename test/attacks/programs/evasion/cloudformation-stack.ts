// A template inside the program: the listener is a line of text.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

new aws.cloudformation.Stack("doors", {
  parameters: { Balancer: balancer(network().subnetIds).arn },
  templateBody: JSON.stringify({
    Parameters: { Balancer: { Type: "String" } },
    Resources: {
      Plain: {
        Type: "AWS::ElasticLoadBalancingV2::Listener",
        Properties: { LoadBalancerArn: { Ref: "Balancer" }, Protocol: "HTTP", Port: 80 },
      },
    },
  }),
});
