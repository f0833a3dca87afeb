// The instance is in a public awsx subnet, found by its index in the list.
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import type { Expected } from "../../attack";
import { metadataOptions, openGroup } from "../../fleet";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /its subnets may be "shop-public-1", "shop-public-2", which assign public addresses/,
};

export function program(mended: boolean): void {
  const vpc = new awsx.ec2.Vpc("shop", { numberOfAvailabilityZones: 2 });
  new aws.ec2.Instance("shop", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.micro",
    subnetId: vpc.publicSubnetIds[0]!,
    vpcSecurityGroupIds: [openGroup(vpc.vpcId).id],
    metadataOptions,
    ...(mended && { associatePublicIpAddress: false }),
  });
}
