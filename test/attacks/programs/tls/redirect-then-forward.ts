// The first action is the redirect that a reader looks for; the second one serves.
import * as aws from "@pulumi/aws";
import { balancer, network, targets, toHttps } from "../../parts";

const { vpc, subnetIds } = network();
new aws.lb.Listener("http", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [toHttps, { type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
