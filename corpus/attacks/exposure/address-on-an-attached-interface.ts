// The interface gets the address, and another resource attaches it to the instance.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { metadataOptions, openGroup, privateSubnets, securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /networkInterface gives a public address to it, and "open" lets the world in/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const [subnet] = privateSubnets(vpc.id);
  const front = new aws.ec2.NetworkInterface("front", {
    subnetId: subnet!.id,
    securityGroups: [openGroup(vpc.id).id],
  });
  const shop = new aws.ec2.Instance("shop", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.micro",
    subnetId: subnet!.id,
    associatePublicIpAddress: false,
    vpcSecurityGroupIds: [securityGroup("closed", vpc.id).id],
    metadataOptions,
  });
  new aws.ec2.NetworkInterfaceAttachment("front", {
    instanceId: shop.id,
    networkInterfaceId: front.id,
    deviceIndex: 1,
  });
  if (!mended) new aws.ec2.Eip("front", { domain: "vpc", networkInterface: front.id });
}
