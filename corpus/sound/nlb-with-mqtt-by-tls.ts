// MQTT over TLS on its own port: the listener serves it, and the security group allows it.
import * as aws from "@pulumi/aws";
import { allow, securityGroup } from "../fleet";
import { healthCheck, network, targets } from "../parts";

const { vpc, subnetIds } = network();
const front = securityGroup("front", vpc.id);
allow("mqtt", front, 8883, { cidrIpv4: "0.0.0.0/0" });
const broker = new aws.lb.LoadBalancer("broker", {
  loadBalancerType: "network",
  subnets: subnetIds,
  securityGroups: [front.id],
});
new aws.lb.Listener("mqtt", {
  loadBalancerArn: broker.arn,
  protocol: "TLS",
  port: 8883,
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
  defaultActions: [
    {
      type: "forward",
      targetGroupArn: targets(vpc.id, {
        protocol: "TCP",
        port: 1883,
        healthCheck: { ...healthCheck, port: "8080" },
      }).arn,
    },
  ],
});
