import { boolean, group, integer, matching, optional, text, texts } from "../settings/fields";

/** Settings of alarms and the dashboard. */
export const schema = {
  alarms: group(
    {
      enabled: boolean({
        description:
          "Whether CloudWatch alarms watch the store: about 10 alarms at about 10 cents a month each.",
        default: false,
      }),
      emailAddresses: texts({
        description: "Recipients of alarms by e-mail; each must confirm the first one.",
        default: Object.freeze([]),
        allowed: "up to 10 different e-mail addresses",
        example: "oncall@example.com",
        maxItems: 10,
        items: matching(/^[^\s@]+@[^\s@]+$/),
      }),
      topicArn: optional(
        text({
          description:
            "ARN of your own SNS topic for the alarms, in aws:region; if not set, the stack creates one.",
          allowed: "the ARN of an SNS topic",
          example: "arn:aws:sns:eu-west-1:123456789012:oncall",
          of: matching(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/),
        }),
      ),
      usEast1TopicArn: optional(
        text({
          description:
            "ARN of your own SNS topic in us-east-1, in addition to topicArn, for the alarms on externalHealthCheck and on CloudFront's certificate, which are there.",
          allowed: "the ARN of an SNS topic in us-east-1",
          example: "arn:aws:sns:us-east-1:123456789012:oncall",
          of: matching(/^arn:aws:sns:us-east-1:\d{12}:[A-Za-z0-9_-]{1,256}$/),
        }),
      ),
      runbookUrl: text({
        description: "Page with instructions; every alarm links to its heading there.",
        default: "https://github.com/web-store/web-store/blob/main/docs/operations.md",
        allowed: "an https URL without credentials and fragment, at most 200 characters",
        example: "https://wiki.example.com/store-runbook",
        of: matching(/^https:\/\/[^\s#@/?]+([/?][^\s#]*)?$/, 200),
      }),
      targetErrorPercent: integer(1, 100, {
        description: "Maximum percentage of requests that instances answer with a 5xx status.",
        default: 1,
      }),
      balancerErrorPercent: integer(1, 100, {
        description:
          "Maximum percentage of requests that the load balancer itself answers with a 5xx status.",
        default: 1,
      }),
      latencyP99Milliseconds: integer(10, 60_000, {
        description:
          "Maximum response time of instances in milliseconds, at the 99th percentile; below 1,000 requests a minute, at the 90th.",
        default: 1000,
      }),
      tlsErrorPercent: integer(1, 100, {
        description: "Maximum percentage of connections that fail in the TLS handshake.",
        default: 20,
      }),
      memoryPercent: integer(1, 100, {
        description: "Maximum memory utilization of an instance, in percent; telemetry.agent reports it.",
        default: 90,
      }),
      diskPercent: integer(1, 100, {
        description:
          "Maximum utilization of an instance's root volume, in percent; telemetry.agent reports it.",
        default: 85,
      }),
      certificateDays: integer(1, 44, {
        description:
          "Minimum number of days until the certificate, or CloudFront's, expires. ACM renews its certificates 45 days before they expire; allow some time for that.",
        default: 30,
      }),
      logDelivery: boolean({
        description:
          "Whether an alarm checks that access logs arrive; it needs request metrics of the bucket, for about 5 dollars a month.",
        default: false,
      }),
    },
    {
      description: "Alarms and their recipients.",
      example: "alarms: { enabled: true, emailAddresses: [oncall@example.com] }",
    },
  ),
  dashboard: boolean({
    description: "Whether the stack has a CloudWatch dashboard; 3 dollars a month, the first three are free.",
    default: false,
  }),
} as const;
