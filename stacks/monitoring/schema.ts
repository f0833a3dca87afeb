import { boolean, group, integer, matching, optional, text, texts } from "../settings/fields";

/** Who is told what about the running store. */
export const schema = {
  alarms: group(
    {
      enabled: boolean({
        description:
          "Whether CloudWatch alarms watch the store; some 10 alarms at about 10 cents a month each.",
        default: false,
      }),
      emailAddresses: texts({
        description: "Who gets a mail; each address has to confirm the first one.",
        default: Object.freeze([]),
        allowed: "up to 10 different e-mail addresses",
        example: "oncall@example.com",
        maxItems: 10,
        items: matching(/^[^\s@]+@[^\s@]+$/),
      }),
      topicArn: optional(
        text({
          description:
            "ARN of an SNS topic of your own that the alarms tell, in aws:region; without, the stack creates one.",
          allowed: "the ARN of an SNS topic",
          example: "arn:aws:sns:eu-west-1:123456789012:oncall",
          of: matching(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/),
        }),
      ),
      usEast1TopicArn: optional(
        text({
          description:
            "ARN of an SNS topic of your own in us-east-1, beside topicArn: for the alarms on externalHealthCheck and on CloudFront's certificate, which are there.",
          allowed: "the ARN of an SNS topic in us-east-1",
          example: "arn:aws:sns:us-east-1:123456789012:oncall",
          of: matching(/^arn:aws:sns:us-east-1:\d{12}:[A-Za-z0-9_-]{1,256}$/),
        }),
      ),
      runbookUrl: text({
        description: "Page that tells what to do; every alarm links to its heading there.",
        default: "https://github.com/web-store/web-store/blob/main/docs/operations.md",
        allowed: "an https URL without credentials and fragment, 200 characters at most",
        example: "https://wiki.example.com/store-runbook",
        of: matching(/^https:\/\/[^\s#@/?]+([/?][^\s#]*)?$/, 200),
      }),
      targetErrorPercent: integer(1, 100, {
        description: "Percent of the requests that instances may answer with a 5xx.",
        default: 1,
      }),
      balancerErrorPercent: integer(1, 100, {
        description: "Percent of the requests that the load balancer itself may answer with a 5xx.",
        default: 1,
      }),
      latencyP99Milliseconds: integer(10, 60_000, {
        description:
          "Milliseconds that an instance may take for all but the slowest hundredth of the requests; below 1,000 requests a minute, all but the slowest tenth.",
        default: 1000,
      }),
      tlsErrorPercent: integer(1, 100, {
        description: "Percent of the connections that may fail in the TLS handshake.",
        default: 20,
      }),
      memoryPercent: integer(1, 100, {
        description: "Percent of its memory that an instance may use; telemetry.agent reports it.",
        default: 90,
      }),
      diskPercent: integer(1, 100, {
        description: "Percent of its root volume that an instance may use; telemetry.agent reports it.",
        default: 85,
      }),
      certificateDays: integer(1, 44, {
        description:
          "Days that the certificate, and CloudFront's, must have left. ACM renews its own 45 days before their end; allow it some.",
        default: 30,
      }),
      logDelivery: boolean({
        description:
          "Whether an alarm watches that access logs arrive; it needs request metrics of the bucket, about 5 dollars a month.",
        default: false,
      }),
    },
    {
      description: "Alarms, and who is told.",
      example: "alarms: { enabled: true, emailAddresses: [oncall@example.com] }",
    },
  ),
  dashboard: boolean({
    description:
      "Whether a CloudWatch dashboard shows the store at a glance; 3 dollars a month, the first three free.",
    default: false,
  }),
} as const;
