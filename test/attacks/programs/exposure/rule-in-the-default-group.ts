// A rule of its own goes into the default group without taking it over.
import * as aws from "@pulumi/aws";
import { network } from "../../parts";

const { vpc } = network();
new aws.vpc.SecurityGroupIngressRule("everyone", {
  securityGroupId: vpc.defaultSecurityGroupId,
  ipProtocol: "tcp",
  fromPort: 22,
  toPort: 22,
  cidrIpv4: "10.0.0.0/8",
});
