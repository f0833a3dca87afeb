// Containers have security groups, too.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { allow, privateSubnets, securityGroup } from "../../fleet";
import { network, targets } from "../../parts";
import { listener } from "../../tasks";

export const expected: Expected = {
  rule: "instances-from-balancer",
  says: /lets the world in, and instances of "shop" behind an Application Load Balancer use it/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const group = securityGroup("tasks", vpc.id);
  allow("https", group, 443, mended ? { cidrIpv4: "10.0.0.0/16" } : { cidrIpv6: "::/0" });
  const targetGroup = targets(vpc.id);
  listener(subnetIds, targetGroup);
  new aws.ecs.Service("shop", {
    cluster: new aws.ecs.Cluster("shop").arn,
    taskDefinition: "shop:7",
    launchType: "FARGATE",
    desiredCount: 2,
    loadBalancers: [{ targetGroupArn: targetGroup.arn, containerName: "shop", containerPort: 8080 }],
    networkConfiguration: { subnets: privateSubnets(vpc.id).map(({ id }) => id), securityGroups: [group.id] },
  });
}
