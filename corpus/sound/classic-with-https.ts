// A compliant Classic Load Balancer.
import * as aws from "@pulumi/aws";
import { classicBalancer, classicTls } from "../classic";
import { network } from "../parts";
import { logs } from "../strict";

const { bucket, prefix } = logs.accessLogs;
const balancer = classicBalancer(network().subnetIds, {
  crossZoneLoadBalancing: true,
  accessLogs: { bucket, bucketPrefix: prefix, interval: 5 },
});
classicTls(balancer);
for (const metricName of ["UnHealthyHostCount", "HTTPCode_Backend_5XX"]) {
  new aws.cloudwatch.MetricAlarm(metricName, {
    namespace: "AWS/ELB",
    metricName,
    dimensions: { LoadBalancerName: balancer.name },
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 3,
    threshold: 0,
    comparisonOperator: "GreaterThanThreshold",
    alarmActions: ["arn:aws:sns:eu-west-1:123456789012:on-call"],
  });
}
