/** The additional resources and properties that the `strict` profile requires of a load balancer and its targets. */
import * as aws from "@pulumi/aws";
import { healthCheck } from "./parts";

/** Targets that are reached over TLS. */
export const encrypted = {
  protocol: "HTTPS",
  port: 8443,
  healthCheck: { ...healthCheck, protocol: "HTTPS" },
};

/** Logs to a bucket outside the program. */
export const logs = {
  accessLogs: { enabled: true, bucket: "logs-of-the-shop", prefix: "access" },
  connectionLogs: { enabled: true, bucket: "logs-of-the-shop", prefix: "connections" },
};

/** Alarms notify somebody of failed requests. */
export function watch(balancer: aws.lb.LoadBalancer, alarm = "errors"): void {
  new aws.cloudwatch.MetricAlarm(alarm, {
    namespace: "AWS/ApplicationELB",
    metricName: "HTTPCode_Target_5XX_Count",
    dimensions: { LoadBalancer: balancer.arnSuffix },
    statistic: "Sum",
    period: 60,
    evaluationPeriods: 3,
    threshold: 10,
    comparisonOperator: "GreaterThanThreshold",
    alarmActions: ["arn:aws:sns:eu-west-1:123456789012:on-call"],
  });
}

/** Alarms notify somebody of unhealthy targets. */
export function watchTargets(balancer: aws.lb.LoadBalancer, targets: aws.lb.TargetGroup): void {
  new aws.cloudwatch.MetricAlarm("unhealthy", {
    namespace: "AWS/ApplicationELB",
    metricName: "UnHealthyHostCount",
    dimensions: { LoadBalancer: balancer.arnSuffix, TargetGroup: targets.arnSuffix },
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 3,
    threshold: 0,
    comparisonOperator: "GreaterThanThreshold",
    alarmActions: ["arn:aws:sns:eu-west-1:123456789012:on-call"],
  });
}
