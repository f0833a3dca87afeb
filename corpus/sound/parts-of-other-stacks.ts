// The listener and the group are in other stacks; the resources here serve nothing in plain text, or nothing at all.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fleet, launchTemplate, privateSubnets } from "../fleet";
import { balancer, network, targets, toHttps } from "../parts";

const platform = new pulumi.StackReference("organization/platform/prod");
const { vpc, subnetIds } = network();
new aws.lb.Listener("http", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [toHttps],
});
const targetGroup = targets(vpc.id, { targetType: "instance" });
new aws.lb.ListenerRule("shop", {
  listenerArn: platform.requireOutput("httpsListenerArn"),
  priority: 10,
  conditions: [{ hostHeader: { values: ["shop.example.com"] } }],
  actions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
});
new aws.autoscaling.Attachment("shop", {
  autoscalingGroupName: platform.requireOutput("groupName"),
  lbTargetGroupArn: targetGroup.arn,
});
fleet(
  launchTemplate(),
  privateSubnets(vpc.id).map(({ id }) => id),
  { healthCheckType: "EC2" },
);
