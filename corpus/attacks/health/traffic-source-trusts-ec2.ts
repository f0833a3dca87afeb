// A traffic source attachment is the newest way to attach a group.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health-stack",
  says: /Attached by "shop": healthCheckType is "EC2"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  new aws.autoscaling.TrafficSourceAttachment("shop", {
    autoscalingGroupName: fleet(launchTemplate(), subnetIds, {
      healthCheckType: mended ? "ELB" : "EC2",
      healthCheckGracePeriod: 300,
    }).id,
    trafficSource: { type: "elbv2", identifier: targets(vpc.id, { targetType: "instance" }).arn },
  });
}
