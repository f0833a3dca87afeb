// One condition has both host and path; each needs its own condition.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /conditions\[0\] has hostHeader and pathPattern/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const group = targets(vpc.id);
  const https = new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
  });
  const host = { hostHeader: { values: ["shop.example.com"] } };
  const path = { pathPattern: { values: ["/cart"] } };
  new aws.lb.ListenerRule("cart", {
    listenerArn: https.arn,
    priority: 10,
    conditions: mended ? [host, path] : [{ ...host, ...path }],
    actions: [{ type: "forward", targetGroupArn: group.arn }],
  });
}
