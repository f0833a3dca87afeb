// The listener is sound; one of its rules redirects visitors to plain HTTP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners-stack",
  says: /actions\[0\]\.redirect\.protocol is "HTTP"; it must be "HTTPS"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const https = new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
  new aws.lb.ListenerRule("images", {
    listenerArn: https.arn,
    priority: 10,
    conditions: [{ pathPattern: { values: ["/images/*"] } }],
    actions: [
      {
        type: "redirect",
        redirect: {
          ...(mended ? { protocol: "HTTPS", port: "443" } : { protocol: "HTTP", port: "80" }),
          host: "images.example.com",
          statusCode: "HTTP_302",
        },
      },
    ],
  });
}
