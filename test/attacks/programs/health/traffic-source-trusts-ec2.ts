// The newest way to attach a group.
import * as aws from "@pulumi/aws";
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new aws.autoscaling.TrafficSourceAttachment("shop", {
  autoscalingGroupName: fleet(launchTemplate(), subnetIds, {
    healthCheckType: "EC2",
    healthCheckGracePeriod: 300,
  }).id,
  trafficSource: { type: "elbv2", identifier: targets(vpc.id, { targetType: "instance" }).arn },
});
