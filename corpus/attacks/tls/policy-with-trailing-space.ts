// The name has one more space than a strong policy's: only whole names are accepted.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = { rule: "tls-listeners", says: /sslPolicy is another string/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    sslPolicy: `ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09${mended ? "" : " "}`,
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
