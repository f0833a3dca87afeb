/** Compliant parts of ECS services on Fargate. */
import * as aws from "@pulumi/aws";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import { privateSubnets, securityGroup } from "./fleet";
import { balancer, httpsListener } from "./parts";

/** A task with one container, `shop`, on port 8080. */
export function task(): aws.ecs.TaskDefinition {
  return new aws.ecs.TaskDefinition("shop", {
    family: "shop",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    executionRoleArn: "arn:aws:iam::123456789012:role/shop",
    containerDefinitions: JSON.stringify([
      { name: "shop", image: "nginx:1.29", portMappings: [{ containerPort: 8080 }] },
    ]),
  });
}

/** A service of such a task in private subnets, which registers its container in a target group. */
export function service(
  vpcId: Input<string>,
  targetGroup: aws.lb.TargetGroup,
  containerName: string,
  options: CustomResourceOptions,
): aws.ecs.Service {
  return new aws.ecs.Service(
    "shop",
    {
      cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/shop",
      taskDefinition: task().arn,
      desiredCount: 2,
      launchType: "FARGATE",
      networkConfiguration: {
        subnets: privateSubnets(vpcId).map(({ id }) => id),
        securityGroups: [securityGroup("tasks", vpcId).id],
        assignPublicIp: false,
      },
      loadBalancers: [{ targetGroupArn: targetGroup.arn, containerName, containerPort: 8080 }],
    },
    options,
  );
}

/** The listener that forwards to the tasks' target group, without which AWS refuses the service. */
export function listener(subnetIds: Input<string>[], targetGroup: aws.lb.TargetGroup): aws.lb.Listener {
  return new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
  });
}
