// HTTPS by name, on a port where nothing, or something else, listens.
import * as aws from "@pulumi/aws";
import { balancer, network, toHttps } from "../../parts";

const { subnetIds } = network();
new aws.lb.Listener("http", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [{ ...toHttps, redirect: { ...toHttps.redirect, port: "0443" } }],
});
