// Launch specifications of a spot fleet have no place for metadata options.
import * as aws from "@pulumi/aws";
import { privateSubnets } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
new aws.ec2.SpotFleetRequest("batch", {
  iamFleetRole: "arn:aws:iam::123456789012:role/fleet",
  targetCapacity: 4,
  launchSpecifications: privateSubnets(vpc.id).map(({ id }) => ({
    ami: "ami-0123456789abcdef0",
    instanceType: "m7g.large",
    subnetId: id,
  })),
});
