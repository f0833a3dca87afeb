// One space more than the name of a strong policy: whole names are compared, and no more is trusted.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const sound = httpsListener(balancer(subnetIds).arn);
new aws.lb.Listener("https", {
  ...sound,
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 ",
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
