// The instance has no public IPv4 address, but all IPv6 addresses are public.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { metadataOptions, openGroup, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /ipv6AddressCount gives it IPv6 addresses/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  new aws.ec2.Instance("shop", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.micro",
    subnetId: privateSubnets(vpc.id)[0]!.id,
    associatePublicIpAddress: false,
    ipv6AddressCount: mended ? 0 : 1,
    vpcSecurityGroupIds: [openGroup(vpc.id).id],
    metadataOptions,
  });
}
