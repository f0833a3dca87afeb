// AWS takes HTTP where a balancer's listener on port 80 says nothing.
import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { balancer, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new aws.lb.Listener("web", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: null as unknown as Input<string>,
  port: 80,
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
