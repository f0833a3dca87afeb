// Everybody who may describe the environment reads the key.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "user-data-secrets",
  says: /settings\[0\]\.value holds an AWS access key/,
};

export function program(mended: boolean): void {
  const application = new aws.elasticbeanstalk.Application("orders", { name: "orders" });
  new aws.elasticbeanstalk.Environment("orders", {
    application: application.name,
    tier: "Worker",
    solutionStackName: "64bit Amazon Linux 2023 v6.1.0 running Node.js 20",
    settings: [
      {
        namespace: "aws:elasticbeanstalk:application:environment",
        name: mended ? "KEY_NAME" : "AWS_ACCESS_KEY_ID",
        value: mended ? "store/key" : ["AKIA", "Q3EGRIJKLMNO2345"].join(""),
      },
    ],
  });
}
