// Launch template and group set no address, but their subnets assign one.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { fleet, launchTemplate, openGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /its subnets may be "instances-[ab]", "instances-[ab]", which assign/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const subnetIds = ["a", "b"].map(
    (zone, index) =>
      new aws.ec2.Subnet(`instances-${zone}`, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${index + 20}.0/24`,
        availabilityZone: `eu-west-1${zone}`,
        mapPublicIpOnLaunch: !mended,
      }).id,
  );
  fleet(launchTemplate({ vpcSecurityGroupIds: [openGroup(vpc.id).id] }), subnetIds);
}
