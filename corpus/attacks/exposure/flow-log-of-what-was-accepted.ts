// The flow log omits rejected traffic.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "flow-logs",
  says: /No flow log in the stack covers it/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16" });
  new aws.ec2.DefaultSecurityGroup("unused", { vpcId: vpc.id });
  new aws.ec2.FlowLog("shop", {
    vpcId: vpc.id,
    trafficType: mended ? "ALL" : "ACCEPT",
    logDestinationType: "s3",
    logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
  });
}
