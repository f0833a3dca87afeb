// The address is named after a NAT gateway, and assigned to an instance.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { metadataOptions, openGroup, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /instanceId gives a public address to it/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const jump = new aws.ec2.Instance("jump", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.micro",
    subnetId: privateSubnets(vpc.id)[0]!.id,
    vpcSecurityGroupIds: [openGroup(vpc.id).id],
    metadataOptions,
  });
  const address = new aws.ec2.Eip("nat", { domain: "vpc" });
  if (mended) return;
  new aws.ec2.EipAssociation("jump", { instanceId: jump.id, allocationId: address.id });
}
