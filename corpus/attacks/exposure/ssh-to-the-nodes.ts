// With a key and no source, EKS opens port 22 to the world.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = { rule: "world-ingress", says: /remoteAccess lets the world in on tcp 22/ };

export function program(mended: boolean): void {
  new aws.eks.NodeGroup("nodes", {
    clusterName: "shop",
    nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
    subnetIds: privateSubnets(network().vpc.id).map(({ id }) => id),
    scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
    remoteAccess: {
      ec2SshKey: "operations",
      ...(mended && { sourceSecurityGroupIds: ["sg-0123456789abcdef0"] }),
    },
  });
}
