// No size is given, and the provider sends 0 for each: the group loses all its instances at seven.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "api-prose",
  says: /none of minSize, desiredCapacity and maxSize is set/,
};

export function program(mended: boolean): void {
  new aws.autoscaling.Schedule("morning", {
    autoscalingGroupName: "shop",
    scheduledActionName: "morning",
    recurrence: "0 7 * * 1-5",
    ...(mended && { minSize: 4, maxSize: -1, desiredCapacity: -1 }),
  });
}
