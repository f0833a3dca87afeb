// Containers on instances that ECS adds and removes; the tasks have their own security groups.
import * as aws from "@pulumi/aws";
import { fleet, launchTemplate, securityGroup } from "../fleet";
import { front } from "../store-front";

const { vpc, targetGroup, behindIt, privateSubnets } = front();
const subnetIds = privateSubnets.map(({ id }) => id);
const cluster = new aws.ecs.Cluster("shop");
const userData = cluster.name.apply((name) =>
  Buffer.from(`#!/bin/sh\necho ECS_CLUSTER=${name} >> /etc/ecs/ecs.config\n`).toString("base64"),
);
const template = launchTemplate({ userData, vpcSecurityGroupIds: [securityGroup("instances", vpc.id).id] });
const group = fleet(template, subnetIds, {
  protectFromScaleIn: true,
  tags: [{ key: "AmazonECSManaged", value: "true", propagateAtLaunch: true }],
});
const provider = new aws.ecs.CapacityProvider("shop", {
  autoScalingGroupProvider: {
    autoScalingGroupArn: group.arn,
    managedTerminationProtection: "ENABLED",
    managedScaling: { status: "ENABLED", targetCapacity: 90 },
  },
});
new aws.ecs.ClusterCapacityProviders("shop", {
  clusterName: cluster.name,
  capacityProviders: [provider.name],
  defaultCapacityProviderStrategies: [{ capacityProvider: provider.name, weight: 1 }],
});
new aws.ecs.Service("shop", {
  cluster: cluster.arn,
  taskDefinition: "shop:7",
  desiredCount: 4,
  capacityProviderStrategies: [{ capacityProvider: provider.name, weight: 1 }],
  networkConfiguration: { subnets: subnetIds, securityGroups: [behindIt.id] },
  loadBalancers: [{ targetGroupArn: targetGroup.arn, containerName: "shop", containerPort: 8080 }],
});
