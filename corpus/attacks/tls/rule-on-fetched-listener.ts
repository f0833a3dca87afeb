// The listener is read under another name; policies do not see resources that are only read.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network, targets, toHttps } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners-stack",
  says: /names no listener of this program, but may be the ARN of "http"/,
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
    listenerArn: aws.lb.Listener.get("again", http.id).arn,
    priority: 1,
    conditions: [{ pathPattern: { values: ["/*"] } }],
    actions: [mended ? toHttps : forward],
  });
}
