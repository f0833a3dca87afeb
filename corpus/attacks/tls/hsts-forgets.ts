// The header is set, and tells browsers to forget the policy.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";
import { encrypted, logs, watch, watchTargets } from "../../strict";

export const expected: Expected = {
  rule: "hsts",
  says: /HeaderValue is "max-age=0; includeSubDomains"/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const shop = balancer(subnetIds, logs);
  const group = targets(vpc.id, encrypted);
  watch(shop);
  watchTargets(shop, group);
  new aws.lb.Listener("https", {
    ...httpsListener(shop.arn),
    routingHttpResponseStrictTransportSecurityHeaderValue: `max-age=${mended ? 31536000 : 0}; includeSubDomains`,
    defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
  });
}
