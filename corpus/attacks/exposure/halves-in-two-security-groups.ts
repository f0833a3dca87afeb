// Neither group opens more than a /8; the instance in both accepts SSH from either.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { allow, metadataOptions, privateSubnets, securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "world-ingress-stack",
  says: /"ssh-(34|52)" and "ssh-(34|52)" together let the world in on tcp 22, and "jump" is in the security groups of all of them/,
};

export function program(mended: boolean): void {
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
    vpcSecurityGroupIds: (mended ? groups.slice(1) : groups).map(({ id }) => id),
    metadataOptions,
  });
}
