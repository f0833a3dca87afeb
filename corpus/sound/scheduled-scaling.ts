// More instances before the shops open, fewer at night.
import * as aws from "@pulumi/aws";
import { behind, fleet, launchTemplate } from "../fleet";
import { front } from "../store-front";

const { targetGroup, behindIt, privateSubnets } = front({ targetType: "instance" });
const group = fleet(
  launchTemplate({ vpcSecurityGroupIds: [behindIt.id] }),
  privateSubnets.map(({ id }) => id),
  behind(targetGroup),
);
for (const [name, recurrence, minSize] of [
  ["morning", "0 7 * * MON-SAT", 6],
  ["night", "30 21 * * *", 2],
] as const) {
  new aws.autoscaling.Schedule(name, {
    autoscalingGroupName: group.name,
    scheduledActionName: name,
    recurrence,
    timeZone: "Europe/Berlin",
    minSize,
    maxSize: -1,
    desiredCapacity: -1,
  });
}
new aws.autoscaling.Policy("load", {
  autoscalingGroupName: group.name,
  policyType: "TargetTrackingScaling",
  targetTrackingConfiguration: {
    predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
    targetValue: 50,
  },
});
