// Two subnets, as a load balancer needs, and both in one zone.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

const { vpc, subnetIds } = network();
const twin = new aws.ec2.Subnet("public-a2", {
  vpcId: vpc.id,
  cidrBlock: "10.0.5.0/24",
  availabilityZone: "eu-west-1a",
});
balancer([subnetIds[0]!, twin.id]);
