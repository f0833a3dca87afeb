import { type Charging, MILLION, type Subject } from "../charge";
import { at, numberAt } from "../graph";

/** Alarms and metrics with a shorter period, in seconds, have a high resolution. */
const STANDARD_PERIOD = 60;

/**
 * An alarm is charged for each of its metrics.
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
const alarm: Charging = (subject) => {
  const queries = subject.list("metricQueries").map((query) => at(query, "metric"));
  const metrics = queries.filter((metric) => metric !== undefined);
  const periods = [subject.number("period"), ...metrics.map((metric) => numberAt(metric, "period"))];
  const isFine = periods.some((period) => period !== undefined && period < STANDARD_PERIOD);
  // An anomaly detection band counts as two more.
  const band = subject.text("thresholdMetricId") === undefined ? 0 : 2;
  const count = Math.max(1, metrics.length) + band;
  return [subject.monthly("metrics of an alarm", isFine ? "highResolutionAlarmMonth" : "alarmMonth", count)];
};

/**
 * A target tracking policy has its own alarms: one to scale out and, unless disabled, one to scale in.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 */
const policyAlarms =
  (type: string, configuration: string): Charging =>
  (subject) => {
    if (subject.text("policyType") !== type) return [];
    const count = subject.flag(`${configuration}.disableScaleIn`) === true ? 1 : 2;
    return [subject.monthly("alarms of target tracking", "alarmMonth", count)];
  };

/** Optional features of a Route 53 health check: HTTPS, string matching, ten-second intervals, latency. */
function featuresOf(subject: Subject): number {
  const type = subject.text("type") ?? "";
  return [
    type.startsWith("HTTPS"),
    type.endsWith("_STR_MATCH"),
    subject.number("requestInterval") === 10,
    subject.flag("measureLatency") === true,
  ].filter(Boolean).length;
}

const healthCheck: Charging = (subject) => {
  const type = subject.text("type") ?? "";
  if (!/^(HTTPS?(_STR_MATCH)?|TCP)$/.test(type))
    return [{ unknown: `there is no price for a health check of type ${type}` }];
  const features = featuresOf(subject);
  return [
    subject.monthly("health check of an endpoint in AWS", "healthCheckMonth"),
    ...(features === 0
      ? []
      : [subject.monthly("its optional features", "healthCheckFeatureMonth", features)]),
  ];
};

/** Services in front of a site: CDN, DNS, firewalls and APIs. */
export const EDGE: Readonly<Record<string, Charging>> = {
  "cloudfront/distribution": (subject) => [
    subject.metered("transferOutGb", "data to visitors in Europe and North America", "distributionGb"),
    subject.metered("requests", "HTTPS requests", "distributionRequests10k", 10_000),
  ],
  "cloudfront/function": (subject) => [
    subject.metered("invocations", "invocations", "cloudFrontFunctionMillion", MILLION),
  ],
  // A rule group counts as one rule, whatever its size:
  // https://aws.github.io/aws-security-services-best-practices/guides/waf/waf-cost/docs/
  "wafv2/webAcl": (subject) => [
    subject.monthly("web ACL", "webAclMonth"),
    subject.monthly("rules and rule groups", "webAclRuleMonth", subject.list("rules").length),
    subject.metered("requests", "requests that it inspects", "webAclRequestsMillion", MILLION),
  ],
  "route53/zone": (subject) => [
    subject.monthly("hosted zone", "hostedZoneMonth"),
    subject.metered("queries", "queries", "dnsQueriesMillion", MILLION),
  ],
  "route53/healthCheck": healthCheck,
  "apigateway/restApi": (subject) => [
    subject.metered("requests", "requests", "restApiRequestsMillion", MILLION),
  ],
  "apigatewayv2/api": (subject) =>
    (subject.text("protocolType") ?? "HTTP") === "HTTP"
      ? [subject.metered("requests", "requests", "httpApiRequestsMillion", MILLION)]
      : [{ unknown: "there is no price for WebSocket APIs" }],
};

/** Monitoring services. */
export const MONITORING: Readonly<Record<string, Charging>> = {
  "cloudwatch/metricAlarm": alarm,
  "cloudwatch/compositeAlarm": (subject) => [subject.monthly("composite alarm", "compositeAlarmMonth")],
  "cloudwatch/dashboard": (subject) => [subject.monthly("dashboard", "dashboardMonth")],
  "cloudwatch/logGroup": (subject) => [
    subject.metered("ingestedGb", "logs that are written", "logIngestedGb"),
    subject.metered("storedGb", "logs that are kept", "logStoredGbMonth"),
  ],
  "cloudwatch/logMetricFilter": (subject) => [subject.monthly("custom metric", "metricMonth")],
  "cloudwatch/logDelivery": () => [
    { unknown: "the charge for the logs of a service depends on the service" },
  ],
  "autoscaling/policy": policyAlarms("TargetTrackingScaling", "targetTrackingConfiguration"),
  "appautoscaling/policy": policyAlarms("TargetTrackingScaling", "targetTrackingScalingPolicyConfiguration"),
};
