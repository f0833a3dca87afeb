// Two rules have the same priority.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /priority is 10, which rule "(api|search)" of the same listener already has/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const targetGroupArn = targets(vpc.id).arn;
  const listener = new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn }],
  });
  for (const [index, path] of ["api", "search"].entries()) {
    new aws.lb.ListenerRule(path, {
      listenerArn: listener.arn,
      priority: mended ? 10 + index : 10,
      conditions: [{ pathPattern: { values: [`/${path}/*`] } }],
      actions: [{ type: "forward", targetGroupArn }],
    });
  }
}
