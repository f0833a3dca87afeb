// A group with zones only launches into the default VPC, where every subnet assigns a public address.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { fleet, launchTemplate, openGroup, securityGroup } from "../../fleet";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /it names no subnet, and .*"open" lets the world in/,
};

export function program(mended: boolean): void {
  const vpcId = aws.ec2.getVpcOutput({ default: true }).id;
  const { id } = mended ? securityGroup("closed", vpcId) : openGroup(vpcId);
  fleet(launchTemplate({ vpcSecurityGroupIds: [id] }), [], {
    availabilityZones: ["eu-west-1a", "eu-west-1b"],
  });
}
