// gRPC services, one with the standard health check, one with AWS's default of an unknown method.
import * as aws from "@pulumi/aws";
import { balancer, healthCheck, httpsListener, network, targets } from "../parts";
import { logs, watch, watchTargets } from "../strict";

const { vpc, subnetIds } = network();
const shop = balancer(subnetIds, logs);
watch(shop);
const cart = targets(vpc.id, {
  protocolVersion: "GRPC",
  healthCheck: { ...healthCheck, path: "/grpc.health.v1.Health/Check", matcher: "0" },
});
watchTargets(shop, cart);
const https = new aws.lb.Listener("https", {
  ...httpsListener(shop.arn),
  defaultActions: [{ type: "forward", targetGroupArn: cart.arn }],
});
const search = targets(
  vpc.id,
  { protocolVersion: "GRPC", healthCheck: { ...healthCheck, path: "/AWS.ALB/healthcheck", matcher: "0,12" } },
  "search",
);
new aws.cloudwatch.MetricAlarm("unhealthy-search", {
  namespace: "AWS/ApplicationELB",
  metricName: "UnHealthyHostCount",
  dimensions: { LoadBalancer: shop.arnSuffix, TargetGroup: search.arnSuffix },
  statistic: "Maximum",
  period: 60,
  evaluationPeriods: 3,
  threshold: 0,
  comparisonOperator: "GreaterThanThreshold",
  alarmActions: ["arn:aws:sns:eu-west-1:123456789012:on-call"],
});
new aws.lb.ListenerRule("search", {
  listenerArn: https.arn,
  priority: 10,
  conditions: [{ pathPattern: { values: ["/shop.Search/*"] } }],
  actions: [{ type: "forward", targetGroupArn: search.arn }],
});
