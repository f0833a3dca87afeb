// A twentieth of the visitors gets the new release, and stays with it for an hour.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets, toHttps } from "../parts";
import { logs, watch } from "../strict";

const { vpc, subnetIds } = network();
const shop = balancer(subnetIds, logs);
watch(shop);
const weights = { stable: 95, canary: 5 };
const targetGroups = Object.entries(weights).map(([name, weight]) => {
  const group = targets(vpc.id, {}, name);
  new aws.cloudwatch.MetricAlarm(`unhealthy-${name}`, {
    namespace: "AWS/ApplicationELB",
    metricName: "UnHealthyHostCount",
    dimensions: { LoadBalancer: shop.arnSuffix, TargetGroup: group.arnSuffix },
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 3,
    threshold: 0,
    comparisonOperator: "GreaterThanThreshold",
    alarmActions: ["arn:aws:sns:eu-west-1:123456789012:on-call"],
  });
  return { arn: group.arn, weight };
});
new aws.lb.Listener("https", {
  ...httpsListener(shop.arn),
  defaultActions: [
    { type: "forward", forward: { targetGroups, stickiness: { enabled: true, duration: 3600 } } },
  ],
});
new aws.lb.Listener("http", {
  loadBalancerArn: shop.arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [toHttps],
});
