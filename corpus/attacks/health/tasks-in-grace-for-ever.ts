// ECS ignores the load balancer's failed health checks for 68 years.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";
import { listener } from "../../tasks";

export const expected: Expected = {
  rule: "target-group-health",
  says: /healthCheckGracePeriodSeconds is 2147483647/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const targetGroup = targets(vpc.id);
  listener(subnetIds, targetGroup);
  new aws.ecs.Service("shop", {
    cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/shop",
    taskDefinition: "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:1",
    launchType: "FARGATE",
    desiredCount: 2,
    networkConfiguration: { subnets: subnetIds },
    loadBalancers: [{ targetGroupArn: targetGroup.arn, containerName: "shop", containerPort: 8080 }],
    healthCheckGracePeriodSeconds: mended ? 300 : 2_147_483_647,
  });
}
