// The alarm is there and goes off, in a room without people.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";
import { logs } from "../../strict";

const { arnSuffix } = balancer(network().subnetIds, logs);
new aws.cloudwatch.MetricAlarm("errors", {
  namespace: "AWS/ApplicationELB",
  metricName: "HTTPCode_Target_5XX_Count",
  dimensions: { LoadBalancer: arnSuffix },
  statistic: "Sum",
  period: 60,
  evaluationPeriods: 3,
  threshold: 10,
  comparisonOperator: "GreaterThanThreshold",
  alarmActions: [],
});
