// An address is asked for; whom the security group lets in, its owner knows.
import * as aws from "@pulumi/aws";
import { metadataOptions, privateSubnets } from "../../fleet";
import { network } from "../../parts";

new aws.ec2.Instance("shop", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t4g.micro",
  subnetId: privateSubnets(network().vpc.id)[0]!.id,
  associatePublicIpAddress: true,
  vpcSecurityGroupIds: ["sg-0123456789abcdef0"],
  metadataOptions,
});
