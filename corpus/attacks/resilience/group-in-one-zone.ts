// The two subnets are in one zone.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { fleet, launchTemplate } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "group-zones-stack",
  says: /the subnets of vpcZoneIdentifiers are in 1 zone/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const subnetIds = ["a", mended ? "b" : "a"].map(
    (zone, index) =>
      new aws.ec2.Subnet(`private-${index}`, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${index + 10}.0/24`,
        availabilityZone: `eu-west-1${zone}`,
      }).id,
  );
  fleet(launchTemplate(), subnetIds);
}
