// The provider takes protocols in either case.
import * as aws from "@pulumi/aws";
import { balancer, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new aws.lb.Listener("plain", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "http",
  port: 443,
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
