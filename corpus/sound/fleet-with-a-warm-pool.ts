// Booted instances wait, stopped, until they are needed. A group with a warm pool may have no
// mixed instances policy, so it has a single instance type.
import * as aws from "@pulumi/aws";
import { behind, launchTemplate } from "../fleet";
import { front } from "../store-front";

const { targetGroup, behindIt, privateSubnets } = front({ targetType: "instance" });
const template = launchTemplate({ vpcSecurityGroupIds: [behindIt.id] });
new aws.autoscaling.Group("shop", {
  minSize: 2,
  maxSize: 12,
  vpcZoneIdentifiers: privateSubnets.map(({ id }) => id),
  launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
  ...behind(targetGroup),
  defaultInstanceWarmup: 90,
  warmPool: {
    poolState: "Stopped",
    minSize: 2,
    maxGroupPreparedCapacity: 8,
    instanceReusePolicy: { reuseOnScaleIn: true },
  },
});
