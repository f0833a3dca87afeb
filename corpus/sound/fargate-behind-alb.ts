// Containers without instances, in private subnets.
import * as aws from "@pulumi/aws";
import { front } from "../store-front";

const { targetGroup, behindIt, privateSubnets } = front();
const definition = new aws.ecs.TaskDefinition("shop", {
  family: "shop",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "512",
  memory: "1024",
  containerDefinitions: JSON.stringify([
    { name: "shop", image: "shop:7", portMappings: [{ containerPort: 8080 }], essential: true },
  ]),
});
new aws.ecs.Service("shop", {
  cluster: new aws.ecs.Cluster("shop").arn,
  taskDefinition: definition.arn,
  launchType: "FARGATE",
  desiredCount: 2,
  healthCheckGracePeriodSeconds: 60,
  deploymentCircuitBreaker: { enable: true, rollback: true },
  networkConfiguration: {
    subnets: privateSubnets.map(({ id }) => id),
    securityGroups: [behindIt.id],
    assignPublicIp: false,
  },
  loadBalancers: [{ targetGroupArn: targetGroup.arn, containerName: "shop", containerPort: 8080 }],
});
