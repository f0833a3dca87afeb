// The group does not refer to the load balancer; another resource attaches it, by its literal name.
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
  fleet(launchTemplate(), subnetIds, {
    name: "shop-web",
    healthCheckType: mended ? "ELB" : "EC2",
    healthCheckGracePeriod: 300,
  });
  new aws.autoscaling.Attachment("shop", {
    autoscalingGroupName: "shop-web",
    lbTargetGroupArn: targets(vpc.id, { targetType: "instance" }).arn,
  });
}
