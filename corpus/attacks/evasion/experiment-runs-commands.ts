// An AWS Fault Injection Service experiment runs any command on the instances.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "other-routes",
  says: /documentArn is "arn:aws:ssm:eu-west-1::document\/AWS-RunShellScript"/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new aws.fis.ExperimentTemplate("chaos", {
    description: "chaos",
    roleArn: "arn:aws:iam::123456789012:role/chaos",
    stopConditions: [{ source: "none" }],
    targets: [
      {
        name: "instances",
        resourceType: "aws:ec2:instance",
        selectionMode: "ALL",
        resourceTags: [{ key: "shop", value: "web" }],
      },
    ],
    actions: [
      {
        name: "open",
        actionId: "aws:ssm:send-command",
        parameters: [
          { key: "documentArn", value: "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript" },
          { key: "documentParameters", value: '{"commands":["aws ec2 authorize-security-group-ingress"]}' },
          { key: "duration", value: "PT5M" },
        ],
        target: { key: "Instances", value: "instances" },
      },
    ],
  });
}
