// A schedule calls AWS's API to create the listener.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "other-routes",
  says: /aws-sdk:elasticloadbalancingv2:createListener", which may create or change/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new aws.scheduler.Schedule("later", {
    scheduleExpression: "at(2030-01-01T00:00:00)",
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: "arn:aws:scheduler:::aws-sdk:elasticloadbalancingv2:createListener",
      roleArn: "arn:aws:iam::123456789012:role/scheduler",
      input: JSON.stringify({ Protocol: "HTTP", Port: 80 }),
    },
  });
}
