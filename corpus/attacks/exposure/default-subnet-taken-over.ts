// A subnet of the default VPC is adopted, not the VPC itself.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer } from "../../parts";

export const expected: Expected = {
  rule: "default-vpc",
  says: /adopts a part of the default VPC/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const subnetIds = ["a", "b"].map((zone) =>
    mended
      ? `subnet-0123456789abcdef${zone}`
      : new aws.ec2.DefaultSubnet(zone, { availabilityZone: `eu-west-1${zone}` }).id,
  );
  balancer(subnetIds);
}
