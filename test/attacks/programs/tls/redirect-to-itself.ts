// Without a protocol the redirect keeps HTTP.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

const { subnetIds } = network();
new aws.lb.Listener("http", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [{ type: "redirect", redirect: { port: "443", statusCode: "HTTP_301" } }],
});
