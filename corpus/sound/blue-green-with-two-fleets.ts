// Two colours with a fleet each; one gets all visitors, and the other has weight 0.
import * as aws from "@pulumi/aws";
import { allow, behind, launchTemplate, privateSubnets, securityGroup } from "../fleet";
import { balancer, httpsListener, network, targets } from "../parts";
import { logs, watch } from "../strict";

const { vpc, subnetIds } = network();
const door = securityGroup("balancer", vpc.id);
allow("https", door, 443, { cidrIpv4: "0.0.0.0/0" });
const instances = securityGroup("instances", vpc.id);
allow("from-balancer", instances, 8080, { referencedSecurityGroupId: door.id });
const loadBalancer = balancer(subnetIds, { securityGroups: [door.id], ...logs });
watch(loadBalancer);
const template = launchTemplate({ vpcSecurityGroupIds: [instances.id] });
const privateSubnetIds = privateSubnets(vpc.id).map(({ id }) => id);
const weighted = [
  { name: "blue", weight: 100 },
  { name: "green", weight: 0 },
].map(({ name, weight }) => {
  const targetGroup = targets(vpc.id, { targetType: "instance" }, name);
  new aws.cloudwatch.MetricAlarm(name, {
    namespace: "AWS/ApplicationELB",
    metricName: "UnHealthyHostCount",
    dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: targetGroup.arnSuffix },
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 3,
    threshold: 0,
    comparisonOperator: "GreaterThanThreshold",
  });
  new aws.autoscaling.Group(name, {
    minSize: 2,
    maxSize: 6,
    vpcZoneIdentifiers: privateSubnetIds,
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: {
          launchTemplateId: template.id,
          version: template.latestVersion.apply(String),
        },
        overrides: [{ instanceType: "m7g.large" }, { instanceType: "m6g.large" }],
      },
    },
    ...behind(targetGroup),
  });
  return { arn: targetGroup.arn, weight };
});
new aws.lb.Listener("https", {
  ...httpsListener(loadBalancer.arn),
  defaultActions: [{ type: "forward", forward: { targetGroups: weighted } }],
});
