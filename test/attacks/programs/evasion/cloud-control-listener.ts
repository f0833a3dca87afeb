// A resource of any type, which is a mere string, in letters of any case.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

new aws.cloudcontrol.Resource("plain", {
  typeName: "aws::ElasticLoadBalancingV2::listener",
  desiredState: balancer(network().subnetIds).arn.apply((LoadBalancerArn) =>
    JSON.stringify({ LoadBalancerArn, Protocol: "HTTP", Port: 80 }),
  ),
});
