// The cron expression has seconds and years, as in Quartz.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "api-prose",
  says: /recurrence .* a cron expression of five fields/,
};

export function program(mended: boolean): void {
  new aws.autoscaling.Schedule("morning", {
    autoscalingGroupName: "shop",
    scheduledActionName: "morning",
    recurrence: mended ? "0 7 * * 1-5" : "0 0 7 ? * MON-FRI *",
    minSize: 4,
    maxSize: -1,
    desiredCapacity: -1,
  });
}
