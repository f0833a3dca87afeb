// The action starts years in the past.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = { rule: "api-prose", says: /startTime is in the past/ };

export function program(mended: boolean): void {
  new aws.autoscaling.Schedule("sale", {
    autoscalingGroupName: "shop",
    scheduledActionName: "sale",
    startTime: mended ? "2096-11-30T06:00:00Z" : "2020-11-27T06:00:00Z",
    minSize: 8,
    maxSize: -1,
    desiredCapacity: -1,
  });
}
