// The redirect is to HTTPS, but to whoever owns the other name.
import * as aws from "@pulumi/aws";
import { balancer, network, toHttps } from "../../parts";

const { subnetIds } = network();
new aws.lb.Listener("http", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [{ ...toHttps, redirect: { ...toHttps.redirect, host: "shop.example.net" } }],
});
