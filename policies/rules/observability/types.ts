/** Type tokens of this area's own, as in `../../resources`. */

/** Application, Network and Gateway Load Balancers. */
export const LOAD_BALANCER = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
  "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
] as const;

/** Alarms of CloudWatch on metrics. */
export const METRIC_ALARM = ["aws:cloudwatch/metricAlarm:MetricAlarm"] as const;
