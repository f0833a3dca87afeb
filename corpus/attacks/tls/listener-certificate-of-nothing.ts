// An additional certificate has no ARN, so the listener presents another name's.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = { rule: "certificates", says: /certificateArn is an empty string/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const https = new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
  new aws.lb.ListenerCertificate("further", {
    listenerArn: https.arn,
    certificateArn: mended
      ? "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
      : "",
  });
}
