// -1 leaves a size as it is, and so there is nothing to do.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = { rule: "api-prose", says: /all sizes are -1/ };

export function program(mended: boolean): void {
  new aws.autoscaling.Schedule("morning", {
    autoscalingGroupName: "shop",
    scheduledActionName: "morning",
    recurrence: "0 7 * * 1-5",
    timeZone: "Europe/Berlin",
    minSize: -1,
    maxSize: -1,
    desiredCapacity: mended ? 4 : -1,
  });
}
