// Neither group opens more than a /8; the instance that is in both takes SSH from either.
import * as aws from "@pulumi/aws";
import { allow, metadataOptions, privateSubnets, securityGroup } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
const groups = [34, 52].map((octet) => {
  const group = securityGroup(`office-${octet}`, vpc.id);
  allow(`ssh-${octet}`, group, 22, { cidrIpv4: `${octet}.0.0.0/8` });
  return group;
});
new aws.ec2.Instance("jump", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t4g.micro",
  subnetId: privateSubnets(vpc.id)[0]!.id,
  vpcSecurityGroupIds: groups.map(({ id }) => id),
  metadataOptions,
});
