// The subnets are in different zones, and in different VPCs.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = { rule: "relations", says: /subnets lie in different VPCs/ };

export function program(mended: boolean): void {
  const { subnetIds } = network();
  const other = new aws.ec2.Vpc("other", { cidrBlock: "10.1.0.0/16" });
  new aws.ec2.FlowLog("other", {
    vpcId: other.id,
    trafficType: "ALL",
    logDestinationType: "s3",
    logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
  });
  const far = new aws.ec2.Subnet("far", {
    vpcId: other.id,
    cidrBlock: "10.1.0.0/24",
    availabilityZone: "eu-west-1b",
  });
  balancer(mended ? subnetIds : [subnetIds[0]!, far.id]);
}
