// The second subnet starts in the middle of the first.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";

export const expected: Expected = { rule: "relations", says: /overlaps that of subnet "private-a"/ };

export function program(mended: boolean): void {
  const { vpc } = network();
  for (const [zone, cidrBlock] of [
    ["a", "10.0.32.0/20"],
    ["b", mended ? "10.0.48.0/20" : "10.0.40.0/21"],
  ] as const) {
    new aws.ec2.Subnet(`private-${zone}`, { vpcId: vpc.id, cidrBlock, availabilityZone: `eu-west-1${zone}` });
  }
}
