// The alarm exists, and notifies nobody.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";
import { logs } from "../../strict";

export const expected: Expected = {
  rule: "alarms",
  says: /No alarm in this stack that notifies somebody watches HTTPCode/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
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
    alarmActions: mended ? ["arn:aws:sns:eu-west-1:123456789012:on-call"] : [],
  });
}
