// A Network Load Balancer that terminates TLS, in front of containers with target type ip.
import * as aws from "@pulumi/aws";
import { network, targets } from "../parts";
import { logs } from "../strict";

const { vpc, subnetIds } = network();
const group = targets(vpc.id, { protocol: "TCP" });
const balancer = new aws.lb.LoadBalancer("shop", {
  loadBalancerType: "network",
  subnets: subnetIds,
  enableDeletionProtection: true,
  enableCrossZoneLoadBalancing: true,
  accessLogs: logs.accessLogs,
});
new aws.lb.Listener("tls", {
  loadBalancerArn: balancer.arn,
  protocol: "TLS",
  port: 443,
  alpnPolicy: "HTTP2Preferred",
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
new aws.cloudwatch.MetricAlarm("unhealthy", {
  namespace: "AWS/NetworkELB",
  metricName: "UnHealthyHostCount",
  dimensions: { LoadBalancer: balancer.arnSuffix, TargetGroup: group.arnSuffix },
  statistic: "Maximum",
  period: 60,
  evaluationPeriods: 3,
  threshold: 0,
  comparisonOperator: "GreaterThanThreshold",
  alarmActions: ["arn:aws:sns:eu-west-1:123456789012:on-call"],
});
