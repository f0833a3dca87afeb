// CodeDeploy registers the group's instances with the target group, and the group uses EC2 checks only.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health-stack",
  says: /Filled by deployments of "shop": healthCheckType is "EC2"/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const group = fleet(
    launchTemplate(),
    privateSubnets(vpc.id).map(({ id }) => id),
    { healthCheckType: mended ? "ELB" : "EC2", healthCheckGracePeriod: 300 },
  );
  new aws.codedeploy.DeploymentGroup("shop", {
    appName: "shop",
    deploymentGroupName: "shop",
    serviceRoleArn: "arn:aws:iam::123456789012:role/deploy",
    autoscalingGroups: [group.name],
    deploymentStyle: { deploymentOption: "WITH_TRAFFIC_CONTROL", deploymentType: "IN_PLACE" },
    loadBalancerInfo: { targetGroupInfos: [{ name: targets(vpc.id, { targetType: "instance" }).name }] },
  });
}
