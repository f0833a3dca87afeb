// EC2 does not accept an apostrophe in a description.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "api-prose",
  says: /description contains "'"; AWS allows up to 255/,
};

export function program(mended: boolean): void {
  new aws.vpc.SecurityGroupIngressRule("office", {
    securityGroupId: "sg-0123456789abcdef0",
    description: mended ? "Monitoring of the office" : "The office's monitoring",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "203.0.113.7/32",
  });
}
