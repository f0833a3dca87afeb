// Absent sizes are sent as 0, so the minimum is four and the maximum zero.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = { rule: "api-prose", says: /minSize is 4, but maxSize \(not set\) is 0/ };

export function program(mended: boolean): void {
  const { vpc } = network();
  const group = fleet(
    launchTemplate(),
    privateSubnets(vpc.id).map(({ id }) => id),
  );
  new aws.autoscaling.Schedule("morning", {
    autoscalingGroupName: group.name,
    scheduledActionName: "morning",
    recurrence: "0 7 * * 1-5",
    timeZone: "Europe/Berlin",
    minSize: 4,
    desiredCapacity: -1,
    ...(mended && { maxSize: -1 }),
  });
}
