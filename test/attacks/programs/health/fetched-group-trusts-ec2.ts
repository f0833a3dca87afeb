// What is attached is the same group, fetched again under another name.
import * as aws from "@pulumi/aws";
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const { id } = fleet(launchTemplate(), subnetIds, { healthCheckType: "EC2", healthCheckGracePeriod: 300 });
new aws.autoscaling.Attachment("shop", {
  autoscalingGroupName: aws.autoscaling.Group.get("again", id).name,
  lbTargetGroupArn: targets(vpc.id, { targetType: "instance" }).arn,
});
