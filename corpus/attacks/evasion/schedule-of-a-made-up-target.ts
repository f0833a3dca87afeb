// The target's ARN is built from another resource's output, and unknown in a preview.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "other-routes-stack",
  says: /target\.arn is not known before deployment, and comes from no resource that can be a target/,
};

export function program(mended: boolean): void {
  const role = new aws.iam.Role("schedule", {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "scheduler.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    }),
  });
  if (mended) return;
  new aws.scheduler.Schedule("open", {
    scheduleExpression: "rate(1 hour)",
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: role.uniqueId.apply(() => "arn:aws:scheduler:::aws-sdk:ec2:authorizeSecurityGroupIngress"),
      roleArn: role.arn,
    },
  });
}
