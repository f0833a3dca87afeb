// The second group is not in the instance's own list: it is attached to its network interface later.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { allow, metadataOptions, privateSubnets, securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "world-ingress-stack",
  says: /"ssh-(34|52)" and "ssh-(34|52)" together let the world in on tcp 22, and "jump"/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const [first, second] = [34, 52].map((octet) => {
    const group = securityGroup(`office-${octet}`, vpc.id);
    allow(`ssh-${octet}`, group, 22, { cidrIpv4: `${octet}.0.0.0/8` });
    return group;
  });
  const jump = new aws.ec2.Instance("jump", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.micro",
    subnetId: privateSubnets(vpc.id)[0]!.id,
    vpcSecurityGroupIds: [first!.id],
    metadataOptions,
  });
  if (mended) return;
  new aws.ec2.NetworkInterfaceSecurityGroupAttachment("later", {
    networkInterfaceId: jump.primaryNetworkInterfaceId,
    securityGroupId: second!.id,
  });
}
