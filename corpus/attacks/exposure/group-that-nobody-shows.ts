// The instance requests a public address, and its security group is outside the program.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { metadataOptions, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /associatePublicIpAddress is true, and the ingress of vpcSecurityGroupIds\[0\] is not known/,
};

export function program(mended: boolean): void {
  new aws.ec2.Instance("shop", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.micro",
    subnetId: privateSubnets(network().vpc.id)[0]!.id,
    associatePublicIpAddress: !mended,
    vpcSecurityGroupIds: ["sg-0123456789abcdef0"],
    metadataOptions,
  });
}
