// No trust store is set.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /mutualAuthentication\.mode is "verify", but trustStoreArn is not set/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    mutualAuthentication: {
      mode: "verify",
      ...(mended && {
        trustStoreArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/shop/0123456789abcdef",
      }),
    },
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
