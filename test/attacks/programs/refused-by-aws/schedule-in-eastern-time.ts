// US/Eastern is an old name of America/New_York, and Auto Scaling takes canonical names.
import * as aws from "@pulumi/aws";

new aws.autoscaling.Schedule("morning", {
  autoscalingGroupName: "shop",
  scheduledActionName: "morning",
  recurrence: "0 7 * * 1-5",
  timeZone: "US/Eastern",
  minSize: 8,
  maxSize: -1,
  desiredCapacity: -1,
});
