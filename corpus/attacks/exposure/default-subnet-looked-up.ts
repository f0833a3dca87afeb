// The default VPC is looked up, not adopted, with its public subnets.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { metadataOptions, openGroup } from "../../fleet";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /subnetId is a subnet that is not in this program, .* "open" lets the world in/,
};

export function program(mended: boolean): void {
  const { id } = aws.ec2.getVpcOutput({ default: true });
  const { ids } = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [id] }] });
  new aws.ec2.Instance("shop", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.micro",
    subnetId: ids[0]!,
    vpcSecurityGroupIds: [openGroup(id).id],
    metadataOptions,
    ...(mended && { associatePublicIpAddress: false }),
  });
}
