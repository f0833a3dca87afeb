// The module alb creates the same listeners as lb, under other type names.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = { rule: "tls-listeners", says: /sslPolicy is "ELBSecurityPolicy-2016-08"/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  new aws.alb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    sslPolicy: mended ? "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" : "ELBSecurityPolicy-2016-08",
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
