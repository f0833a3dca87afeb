// The action was to start years ago.
import * as aws from "@pulumi/aws";

new aws.autoscaling.Schedule("sale", {
  autoscalingGroupName: "shop",
  scheduledActionName: "sale",
  startTime: "2020-11-27T06:00:00Z",
  minSize: 8,
  maxSize: -1,
  desiredCapacity: -1,
});
