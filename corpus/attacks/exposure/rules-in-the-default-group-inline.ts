// The default group is adopted in order to add rules, not to remove them.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "default-security-group",
  says: /ingress holds rules \(1\)/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const other = new aws.ec2.Vpc("other", { cidrBlock: "10.1.0.0/16" });
  new aws.ec2.FlowLog("other", {
    vpcId: other.id,
    trafficType: "ALL",
    logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
    logDestinationType: "s3",
  });
  new aws.ec2.DefaultSecurityGroup("everyone", {
    vpcId: other.id,
    ingress: mended
      ? []
      : [
          {
            protocol: "tcp",
            fromPort: 22,
            toPort: 22,
            cidrBlocks: [vpc.cidrBlock.apply(() => "10.0.0.0/16")],
          },
        ],
  });
}
