// A redirect without a protocol keeps HTTP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /redirect\.protocol is not set, which means HTTP again/,
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  new aws.lb.Listener("http", {
    loadBalancerArn: balancer(subnetIds).arn,
    protocol: "HTTP",
    port: 80,
    defaultActions: [
      {
        type: "redirect",
        redirect: { ...(mended && { protocol: "HTTPS" }), port: "443", statusCode: "HTTP_301" },
      },
    ],
  });
}
