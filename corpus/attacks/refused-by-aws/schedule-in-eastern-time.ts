// US/Eastern is an old name of America/New_York, and Auto Scaling accepts canonical names.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "api-prose",
  says: /timeZone .* the canonical name of an IANA time zone/,
};

export function program(mended: boolean): void {
  new aws.autoscaling.Schedule("morning", {
    autoscalingGroupName: "shop",
    scheduledActionName: "morning",
    recurrence: "0 7 * * 1-5",
    timeZone: mended ? "America/New_York" : "US/Eastern",
    minSize: 8,
    maxSize: -1,
    desiredCapacity: -1,
  });
}
