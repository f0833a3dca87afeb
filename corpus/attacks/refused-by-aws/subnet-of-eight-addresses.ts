// AWS reserves five addresses in every subnet, and creates none smaller than sixteen.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";

export const expected: Expected = { rule: "api-prose", says: /cidrBlock has a prefix length of 29/ };

export function program(mended: boolean): void {
  const { vpc } = network();
  new aws.ec2.Subnet("tiny", {
    vpcId: vpc.id,
    cidrBlock: `10.0.99.0/${mended ? 28 : 29}`,
    availabilityZone: "eu-west-1c",
  });
}
