// A Spot fleet's launch specifications have no metadata options.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "imds-v2",
  says: /launchSpecifications have no metadata options/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const subnets = privateSubnets(vpc.id);
  new aws.ec2.SpotFleetRequest("batch", {
    iamFleetRole: "arn:aws:iam::123456789012:role/fleet",
    targetCapacity: 4,
    ...(mended
      ? {
          launchTemplateConfigs: [
            {
              launchTemplateSpecification: { id: launchTemplate().id, version: "7" },
              overrides: subnets.map(({ id }) => ({ subnetId: id })),
            },
          ],
        }
      : {
          launchSpecifications: subnets.map(({ id }) => ({
            ami: "ami-0123456789abcdef0",
            instanceType: "m7g.large",
            subnetId: id,
          })),
        }),
  });
}
