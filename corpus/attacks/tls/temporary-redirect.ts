// Browsers do not remember a 302: every visit starts in plain text.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /redirect\.statusCode is "HTTP_302"/,
  level: "advisory",
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
        redirect: { protocol: "HTTPS", port: "443", statusCode: mended ? "HTTP_301" : "HTTP_302" },
      },
    ],
  });
}
