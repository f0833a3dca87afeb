// The rule's listener is looked up by its port, so the rule does not depend on the listener.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network, targets, toHttps } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners-stack",
  says: /names no listener of this program, but may be the ARN of "http"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const loadBalancerArn = balancer(subnetIds).arn;
  const forward = { type: "forward", targetGroupArn: targets(vpc.id).arn };
  const http = new aws.lb.Listener("http", {
    loadBalancerArn,
    protocol: "HTTP",
    port: 80,
    defaultActions: [toHttps],
  });
  new aws.lb.ListenerRule(
    "everything",
    {
      listenerArn: aws.lb.getListenerOutput({ loadBalancerArn, port: 80 }).arn,
      priority: 1,
      conditions: [{ pathPattern: { values: ["/*"] } }],
      actions: [mended ? toHttps : forward],
    },
    { dependsOn: http },
  );
}
