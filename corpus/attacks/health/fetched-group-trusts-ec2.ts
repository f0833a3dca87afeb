// The attached group is the same group, read under another name.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health-stack",
  says: /"shop" names no group of this program, but may be this group's name/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { id } = fleet(launchTemplate(), subnetIds, {
    healthCheckType: mended ? "ELB" : "EC2",
    healthCheckGracePeriod: 300,
  });
  new aws.autoscaling.Attachment("shop", {
    autoscalingGroupName: aws.autoscaling.Group.get("again", id).name,
    lbTargetGroupArn: targets(vpc.id, { targetType: "instance" }).arn,
  });
}
