// The module alb makes the same listeners as lb, by other type names.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new aws.alb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  sslPolicy: "ELBSecurityPolicy-2016-08",
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
