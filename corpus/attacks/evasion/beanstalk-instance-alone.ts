// Without a load balancer, the instance itself serves in plain text at an Elastic IP address.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "unjudged-load-balancers",
  says: /EnvironmentType is "SingleInstance", so the world reaches its instance/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new aws.elasticbeanstalk.Environment("shop", {
    application: "shop",
    solutionStackName: "64bit Amazon Linux 2023 v6.1.0 running Node.js 20",
    settings: [
      { namespace: "aws:elasticbeanstalk:environment", name: "EnvironmentType", value: "SingleInstance" },
    ],
  });
}
