// Only blue of a blue-green pair has targets, and a rule for a test path sends visitors to green.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { fleet, launchTemplate } from "../../fleet";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "targets-attached",
  says: /Forwarded to by "green", and nothing in this stack registers instances with it/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const blue = targets(vpc.id, { targetType: "instance" }, "blue");
  const green = targets(vpc.id, { targetType: "instance" }, "green");
  fleet(launchTemplate(), subnetIds, {
    targetGroupArns: mended ? [blue.arn, green.arn] : [blue.arn],
    healthCheckType: "ELB",
    healthCheckGracePeriod: 300,
  });
  const https = new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn: blue.arn }],
  });
  new aws.lb.ListenerRule("green", {
    listenerArn: https.arn,
    priority: 1,
    conditions: [{ httpHeader: { httpHeaderName: "X-Colour", values: ["green"] } }],
    actions: [{ type: "forward", targetGroupArn: green.arn }],
  });
}
