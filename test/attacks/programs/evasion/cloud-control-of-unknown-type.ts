// What type it is, nobody knows before it is made.
import * as aws from "@pulumi/aws";

const { arn } = new aws.sns.Topic("orders");
new aws.cloudcontrol.Resource("something", {
  typeName: arn.apply(() => "AWS::ElasticLoadBalancingV2::LoadBalancer"),
  desiredState: "{}",
});
