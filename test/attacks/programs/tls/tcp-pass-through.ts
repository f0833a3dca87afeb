// TCP on port 443 looks like TLS from afar; whether the targets speak it, nothing shows.
import * as aws from "@pulumi/aws";
import { balancer, healthCheck, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const { arn } = balancer(subnetIds, { loadBalancerType: "network" });
new aws.lb.Listener("tcp", {
  loadBalancerArn: arn,
  protocol: "TCP",
  port: 443,
  defaultActions: [
    { type: "forward", targetGroupArn: targets(vpc.id, { protocol: "TCP", port: 443, healthCheck }).arn },
  ],
});
