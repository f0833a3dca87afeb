// A cron expression with seconds and years, as EventBridge and Quartz have them.
import * as aws from "@pulumi/aws";

new aws.autoscaling.Schedule("morning", {
  autoscalingGroupName: "shop",
  scheduledActionName: "morning",
  recurrence: "0 0 7 ? * MON-FRI *",
  minSize: 4,
  maxSize: -1,
  desiredCapacity: -1,
});
