// A function, called while Pulumi deploys, has what permissions its role has.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

new aws.lambda.Invocation("plain", {
  functionName: "doorman",
  input: balancer(network().subnetIds).arn.apply((balancerArn) => JSON.stringify({ balancerArn, port: 80 })),
});
