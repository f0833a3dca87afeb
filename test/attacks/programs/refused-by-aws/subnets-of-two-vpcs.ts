// Each subnet is in a zone of its own, and in a VPC of its own.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

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
balancer([subnetIds[0]!, far.id]);
