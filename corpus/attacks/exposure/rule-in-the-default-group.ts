// A separate rule is added to the default group without adopting the group.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "default-security-group-stack",
  says: /adds a rule to the default security group/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const { vpc } = network();
  new aws.vpc.SecurityGroupIngressRule("everyone", {
    securityGroupId: mended ? securityGroup("admin", vpc.id).id : vpc.defaultSecurityGroupId,
    ipProtocol: "tcp",
    fromPort: 22,
    toPort: 22,
    cidrIpv4: "10.0.0.0/8",
  });
}
