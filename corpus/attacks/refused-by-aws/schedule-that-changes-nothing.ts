// -1 leaves a size unchanged, so the action does nothing.
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
