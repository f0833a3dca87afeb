// A cluster's nodes are instances, in subnets that assign public addresses.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { launchTemplate, openGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /its subnets may be "nodes", which assign public addresses, and "open" lets/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const template = launchTemplate({ vpcSecurityGroupIds: [openGroup(vpc.id).id] });
  const subnet = new aws.ec2.Subnet("nodes", {
    vpcId: vpc.id,
    cidrBlock: "10.0.20.0/24",
    mapPublicIpOnLaunch: !mended,
  });
  new aws.eks.NodeGroup("nodes", {
    clusterName: "shop",
    nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
    subnetIds: [subnet.id],
    scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
  });
}
