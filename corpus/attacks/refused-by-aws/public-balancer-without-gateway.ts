// The VPC has no route to the internet.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer } from "../../parts";

export const expected: Expected = { rule: "relations", says: /VPC "shop" has no internet gateway/ };

export function program(mended: boolean): void {
  const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16" });
  const gateway = mended ? [new aws.ec2.InternetGateway("shop", { vpcId: vpc.id })] : [];
  const subnetIds = ["a", "b"].map(
    (zone, index) =>
      new aws.ec2.Subnet(
        zone,
        { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `eu-west-1${zone}` },
        { dependsOn: gateway },
      ).id,
  );
  balancer(subnetIds);
}
