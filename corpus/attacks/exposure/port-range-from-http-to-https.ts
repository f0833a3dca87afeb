// Both ends of the range are web ports, but Kerberos, LDAP, NetBIOS and POP3 are in between; 6 is TCP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "world-ingress",
  says: /The rule lets the world in on tcp 80 to 443/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  new aws.vpc.SecurityGroupIngressRule("web", {
    securityGroupId: securityGroup("web", vpc.id).id,
    ipProtocol: "6",
    fromPort: mended ? 443 : 80,
    toPort: 443,
    cidrIpv6: "::/0",
  });
}
