// The redirect uses HTTPS, on a port where nothing, or another service, listens.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network, toHttps } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /redirect\.port is "0443"; it must be "443"/,
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  new aws.lb.Listener("http", {
    loadBalancerArn: balancer(subnetIds).arn,
    protocol: "HTTP",
    port: 80,
    defaultActions: [{ ...toHttps, redirect: { ...toHttps.redirect, port: mended ? "443" : "0443" } }],
  });
}
