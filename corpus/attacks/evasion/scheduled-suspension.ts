// The program suspends nothing; a schedule calls AWS's API a minute after the deployment.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "other-routes",
  says: /aws-sdk:autoscaling:suspendProcesses", which may create or change/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new aws.scheduler.Schedule("later", {
    scheduleExpression: "rate(1 day)",
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: "arn:aws:scheduler:::aws-sdk:autoscaling:suspendProcesses",
      roleArn: "arn:aws:iam::123456789012:role/scheduler",
      input: JSON.stringify({ AutoScalingGroupName: "shop", ScalingProcesses: ["ReplaceUnhealthy"] }),
    },
  });
}
