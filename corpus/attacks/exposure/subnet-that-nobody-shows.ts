// The subnet is outside the program, and may assign public addresses.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { metadataOptions, openGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /subnetId is a subnet that is not in this program/,
};

export function program(mended: boolean): void {
  new aws.ec2.Instance("shop", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.micro",
    subnetId: "subnet-0123456789abcdef0",
    vpcSecurityGroupIds: [openGroup(network().vpc.id).id],
    metadataOptions,
    ...(mended && { associatePublicIpAddress: false }),
  });
}
