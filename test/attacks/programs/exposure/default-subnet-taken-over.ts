// Not the default VPC itself, only a subnet of it.
import * as aws from "@pulumi/aws";
import { balancer } from "../../parts";

const subnetIds = ["a", "b"].map(
  (zone) => new aws.ec2.DefaultSubnet(zone, { availabilityZone: `eu-west-1${zone}` }).id,
);
balancer(subnetIds);
