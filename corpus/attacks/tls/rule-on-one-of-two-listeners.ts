// Both listeners are dependencies of the rule's listenerArn, and a function chooses the HTTP one.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets, toHttps } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners-stack",
  says: /On listener "http", which is not HTTPS/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds);
  const forward = { type: "forward", targetGroupArn: targets(vpc.id).arn };
  const https = new aws.lb.Listener("https", { ...httpsListener(arn), defaultActions: [forward] });
  const http = new aws.lb.Listener("http", {
    loadBalancerArn: arn,
    protocol: "HTTP",
    port: 80,
    defaultActions: [toHttps],
  });
  new aws.lb.ListenerRule("everything", {
    listenerArn: mended ? https.arn : pulumi.all([https.arn, http.arn]).apply(([, plain]) => plain),
    priority: 1,
    conditions: [{ pathPattern: { values: ["/*"] } }],
    actions: [forward],
  });
}
