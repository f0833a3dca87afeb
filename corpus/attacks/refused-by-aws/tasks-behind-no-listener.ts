// The service's tasks register in a target group that no listener forwards to.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";
import { service } from "../../tasks";

export const expected: Expected = {
  rule: "relations",
  says: /No listener or rule forwards to its target group "shop"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const targetGroup = targets(vpc.id);
  const listener = new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: mended
      ? [{ type: "forward", targetGroupArn: targetGroup.arn }]
      : [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "503" } }],
  });
  service(vpc.id, targetGroup, "shop", { dependsOn: listener });
}
