// The load balancer is in one VPC, its security group in another.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { securityGroup } from "../../fleet";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /subnets and securityGroups lie in different VPCs/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const other = new aws.ec2.Vpc("other", { cidrBlock: "10.1.0.0/16" });
  new aws.ec2.FlowLog("other", {
    vpcId: other.id,
    trafficType: "ALL",
    logDestinationType: "s3",
    logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
  });
  balancer(subnetIds, { securityGroups: [securityGroup("web", (mended ? vpc : other).id).id] });
}
