// Tasks of Fargate have addresses of their own, and a target group is one of instances unless told otherwise.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { privateSubnets } from "../../fleet";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /Its tasks have addresses of their own, and "shop" targets of type instance/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const targetGroup = targets(vpc.id, { targetType: mended ? "ip" : "instance" });
  new aws.ecs.Service("shop", {
    cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/shop",
    taskDefinition: "shop:7",
    desiredCount: 2,
    launchType: "FARGATE",
    networkConfiguration: { subnets: privateSubnets(vpc.id).map(({ id }) => id), assignPublicIp: false },
    loadBalancers: [{ targetGroupArn: targetGroup.arn, containerName: "shop", containerPort: 8080 }],
  });
}
