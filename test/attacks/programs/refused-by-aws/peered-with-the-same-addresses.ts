// Two VPCs of the same addresses cannot be peered: no route could tell them apart.
import * as aws from "@pulumi/aws";
import { network } from "../../parts";

const { vpc } = network();
const partner = new aws.ec2.Vpc("partner", { cidrBlock: "10.0.128.0/17" });
new aws.ec2.FlowLog("partner", {
  vpcId: partner.id,
  trafficType: "ALL",
  logDestinationType: "s3",
  logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
});
new aws.ec2.VpcPeeringConnection("partner", { vpcId: vpc.id, peerVpcId: partner.id, autoAccept: true });
