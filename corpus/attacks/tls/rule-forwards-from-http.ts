// The listener redirects, but a rule with priority 1 serves the whole shop in plain text.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network, targets, toHttps } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners-stack",
  says: /On listener "http", which is not HTTPS: actions\[0\]\.type is "forward"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const forward = { type: "forward", targetGroupArn: targets(vpc.id).arn };
  const http = new aws.lb.Listener("http", {
    loadBalancerArn: balancer(subnetIds).arn,
    protocol: "HTTP",
    port: 80,
    defaultActions: [toHttps],
  });
  new aws.lb.ListenerRule("everything", {
    listenerArn: http.arn,
    priority: 1,
    conditions: [{ pathPattern: { values: ["/*"] } }],
    actions: [mended ? toHttps : forward],
  });
}
