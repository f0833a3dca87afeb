// A security group without a VPC is in the default VPC.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "default-vpc",
  says: /vpcId is not set, which means .*default VPC/,
  level: "advisory",
};

export function program(mended: boolean): void {
  new aws.ec2.SecurityGroup("web", { description: "web", ...(mended && { vpcId: "vpc-0123456789abcdef0" }) });
}
