// What comes out of apply is unknown in a preview.
import * as aws from "@pulumi/aws";
import { balancer, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const { arn } = balancer(subnetIds);
new aws.lb.Listener("web", {
  loadBalancerArn: arn,
  protocol: arn.apply(() => "HTTP"),
  port: 80,
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
