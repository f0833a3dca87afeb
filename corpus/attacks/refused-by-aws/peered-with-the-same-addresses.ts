// Two VPCs with the same addresses cannot be peered, as no route could distinguish them.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /vpcId and peerVpcId name VPCs whose addresses overlap/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const partner = new aws.ec2.Vpc("partner", { cidrBlock: mended ? "10.1.0.0/16" : "10.0.128.0/17" });
  new aws.ec2.FlowLog("partner", {
    vpcId: partner.id,
    trafficType: "ALL",
    logDestinationType: "s3",
    logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
  });
  new aws.ec2.VpcPeeringConnection("partner", { vpcId: vpc.id, peerVpcId: partner.id, autoAccept: true });
}
