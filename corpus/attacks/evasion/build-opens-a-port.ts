// A schedule can start the build's commands at any time.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "other-routes",
  says: /A call in source is "ec2:authorizeSecurityGroupIngress"/,
};

export function program(mended: boolean): void {
  new aws.codebuild.Project("nightly", {
    serviceRole: "arn:aws:iam::123456789012:role/nightly",
    artifacts: { type: "NO_ARTIFACTS" },
    environment: {
      computeType: "BUILD_GENERAL1_SMALL",
      image: "aws/codebuild/amazonlinux2-x86_64-standard:5.0",
      type: "LINUX_CONTAINER",
    },
    source: {
      type: "NO_SOURCE",
      buildspec: [
        "version: 0.2",
        "phases:",
        "  build:",
        "    commands:",
        mended
          ? "      - npm test"
          : "      - aws ec2 --region eu-west-1 authorize-security-group-ingress --group-id $GROUP --cidr 0.0.0.0/0",
      ].join("\n"),
    },
  });
}
