// An instance without a subnet is in the default VPC, where every subnet is public.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { metadataOptions } from "../../fleet";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /it names no subnet, and those of the default VPC assign public addresses/,
  level: "advisory",
};

export function program(mended: boolean): void {
  new aws.ec2.Instance("batch", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.micro",
    metadataOptions,
    ...(mended && { subnetId: "subnet-0123456789abcdef0", associatePublicIpAddress: false }),
  });
}
