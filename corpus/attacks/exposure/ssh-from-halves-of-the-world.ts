// No block is 0.0.0.0/0, but together they are.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = { rule: "world-ingress", says: /The rule lets the world in on tcp 22/ };

export function program(mended: boolean): void {
  const { vpc } = network();
  new aws.ec2.SecurityGroupRule("ssh", {
    type: "ingress",
    securityGroupId: securityGroup("admin", vpc.id).id,
    protocol: "tcp",
    fromPort: 22,
    toPort: 22,
    cidrBlocks: mended ? ["203.0.113.7/32"] : ["0.0.0.0/1", "128.0.0.0/1"],
  });
}
