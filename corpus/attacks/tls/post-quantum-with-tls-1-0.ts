// The policy is recent and post-quantum, and allows TLS 1.0, as only its full name shows.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /sslPolicy is "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    sslPolicy: mended
      ? "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
      : "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09",
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
