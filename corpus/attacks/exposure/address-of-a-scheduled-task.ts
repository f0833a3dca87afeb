// A schedule runs the task, not a service.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { openGroup, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /target\.ecsParameters\.networkConfiguration\.assignPublicIp is true/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  new aws.scheduler.Schedule("shop", {
    scheduleExpression: "rate(5 minutes)",
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: "arn:aws:ecs:eu-west-1:123456789012:cluster/shop",
      roleArn: "arn:aws:iam::123456789012:role/scheduler",
      ecsParameters: {
        taskDefinitionArn: "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:7",
        launchType: "FARGATE",
        networkConfiguration: {
          assignPublicIp: !mended,
          subnets: privateSubnets(vpc.id).map(({ id }) => id),
          securityGroups: [openGroup(vpc.id).id],
        },
      },
    },
  });
}
