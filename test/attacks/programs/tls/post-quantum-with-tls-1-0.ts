// A policy of this year, post-quantum, and open to TLS 1.0: only the whole name tells.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  sslPolicy: "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09",
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
