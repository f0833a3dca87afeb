// Whether the subnet gives addresses, its owner knows.
import * as aws from "@pulumi/aws";
import { metadataOptions, openGroup } from "../../fleet";
import { network } from "../../parts";

new aws.ec2.Instance("shop", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t4g.micro",
  subnetId: "subnet-0123456789abcdef0",
  vpcSecurityGroupIds: [openGroup(network().vpc.id).id],
  metadataOptions,
});
