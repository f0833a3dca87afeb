// A rule may have at most five values in all its conditions.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /conditions has 6 values; AWS allows at most 5/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const group = targets(vpc.id);
  const https = new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
  });
  new aws.lb.ListenerRule("shelves", {
    listenerArn: https.arn,
    priority: 10,
    conditions: [
      {
        pathPattern: {
          values: ["/tea", "/coffee", "/cocoa", "/sugar", "/milk", ...(mended ? [] : ["/cups"])],
        },
      },
    ],
    actions: [{ type: "forward", targetGroupArn: group.arn }],
  });
}
