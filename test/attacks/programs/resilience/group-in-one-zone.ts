// Two subnets, and one zone.
import * as aws from "@pulumi/aws";
import { fleet, launchTemplate } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
const subnetIds = [0, 1].map(
  (index) =>
    new aws.ec2.Subnet(`private-${index}`, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${index + 10}.0/24`,
      availabilityZone: "eu-west-1a",
    }).id,
);
fleet(launchTemplate(), subnetIds);
