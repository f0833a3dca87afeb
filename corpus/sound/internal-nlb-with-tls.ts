// A Network Load Balancer that terminates TLS for callers within the company.
import * as aws from "@pulumi/aws";
import { allow, privateSubnets, securityGroup } from "../fleet";
import { network } from "../parts";
import { logs } from "../strict";

const { vpc } = network();
const door = securityGroup("balancer", vpc.id);
allow("tls", door, 443, { cidrIpv4: "10.0.0.0/8" });
const loadBalancer = new aws.lb.LoadBalancer("ledger", {
  loadBalancerType: "network",
  internal: true,
  subnets: privateSubnets(vpc.id).map(({ id }) => id),
  securityGroups: [door.id],
  enableCrossZoneLoadBalancing: true,
  enableDeletionProtection: true,
  accessLogs: logs.accessLogs,
});
const targetGroup = new aws.lb.TargetGroup("ledger", {
  vpcId: vpc.id,
  targetType: "ip",
  protocol: "TCP",
  port: 7000,
  deregistrationDelay: 60,
  healthCheck: { protocol: "TCP", interval: 10, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 2 },
});
new aws.lb.Listener("tls", {
  loadBalancerArn: loadBalancer.arn,
  protocol: "TLS",
  port: 443,
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
  defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
});
new aws.cloudwatch.MetricAlarm("unhealthy", {
  namespace: "AWS/NetworkELB",
  metricName: "UnHealthyHostCount",
  dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: targetGroup.arnSuffix },
  statistic: "Maximum",
  period: 60,
  evaluationPeriods: 3,
  threshold: 0,
  comparisonOperator: "GreaterThanThreshold",
});
