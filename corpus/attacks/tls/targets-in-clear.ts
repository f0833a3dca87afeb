// Visitors use TLS, and the load balancer forwards their requests in plain text.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";
import { encrypted, logs, watch, watchTargets } from "../../strict";

export const expected: Expected = {
  rule: "target-encryption",
  says: /protocol is "HTTP"; it must be [^]*healthCheck\.protocol is "HTTP"/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const shop = balancer(subnetIds, logs);
  const group = targets(vpc.id, mended ? encrypted : {});
  watch(shop);
  watchTargets(shop, group);
  new aws.lb.Listener("https", {
    ...httpsListener(shop.arn),
    defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
  });
}
