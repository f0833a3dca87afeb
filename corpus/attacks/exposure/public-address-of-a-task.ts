// A container has no launch template, but has a public address.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { openGroup, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /networkConfiguration\.assignPublicIp is true/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  new aws.ecs.Service("shop", {
    cluster: new aws.ecs.Cluster("shop").arn,
    taskDefinition: "shop:7",
    launchType: "FARGATE",
    desiredCount: 2,
    networkConfiguration: {
      subnets: privateSubnets(vpc.id).map(({ id }) => id),
      securityGroups: [openGroup(vpc.id).id],
      assignPublicIp: !mended,
    },
  });
}
