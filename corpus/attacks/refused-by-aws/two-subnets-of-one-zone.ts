// A load balancer needs two subnets, and both are in one zone.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = { rule: "relations", says: /two of the subnets lie in the same zone/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const twin = new aws.ec2.Subnet("public-a2", {
    vpcId: vpc.id,
    cidrBlock: "10.0.5.0/24",
    availabilityZone: mended ? "eu-west-1b" : "eu-west-1a",
  });
  balancer([subnetIds[0]!, twin.id]);
}
