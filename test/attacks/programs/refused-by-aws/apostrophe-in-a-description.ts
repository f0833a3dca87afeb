// An apostrophe is none of the characters that EC2 takes in a description.
import * as aws from "@pulumi/aws";

new aws.vpc.SecurityGroupIngressRule("office", {
  securityGroupId: "sg-0123456789abcdef0",
  description: "The office's monitoring",
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "203.0.113.7/32",
});
