import { LOG_RETENTION_DAYS } from "../../components/network/flow-logs";
import { KEY_ARN, SECRET_ARN } from "../application/schema";
import { formatted, group, oneOf, oneOfIntegers, optional, text } from "../settings/fields";

const LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
const PORT = String.raw`([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])`;

/** The URL of an OTLP endpoint. It must not contain credentials or a query, because user data would expose them. */
const ENDPOINT = formatted(
  "otlp-endpoint",
  (url) => URL.canParse(url),
  new RegExp(String.raw`^(?=.{1,200}$)https:\/\/${LABEL}(\.${LABEL})*(:${PORT})?(\/[A-Za-z0-9._~/-]*)?$`),
);

/** Settings of telemetry. */
export const schema = {
  telemetry: group(
    {
      agent: oneOf(["none", "cloudwatch"], {
        description:
          "Agent that reports memory, disk and logs of instances and proxies: none, or the CloudWatch agent. Its logs cost about 50 cents a GB, its metrics about 60 cents a month for each instance.",
        default: "none",
      }),
      logRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
        description: "Days that the agent's logs are kept in CloudWatch Logs.",
        default: 30,
      }),
      logKeyArn: optional(
        text({
          description:
            "Your KMS key for the agent's logs, in aws:region; its policy must allow CloudWatch Logs to use it. If not set, CloudWatch's own key.",
          allowed: "the ARN of a key in KMS",
          example: "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
          of: KEY_ARN,
        }),
      ),
      otlp: group(
        {
          endpoint: optional(
            text({
              description:
                "URL to which the application's OpenTelemetry SDK sends traces, metrics and logs, by HTTPS: its variable OTEL_EXPORTER_OTLP_ENDPOINT.",
              allowed: "an https URL without credentials, query and fragment, at most 200 characters",
              example: "https://otlp.example.com",
              mayHoldSecret: true,
              of: ENDPOINT,
            }),
          ),
          headersSecretArn: optional(
            text({
              description:
                "ARN of a secret in Secrets Manager, with its six random characters, that contains the headers for the endpoint, api-key=…: the variable OTEL_EXPORTER_OTLP_HEADERS.",
              allowed: "the full ARN of a secret",
              example: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:store/otlp-a1B2c3",
              mayHoldSecret: true,
              of: SECRET_ARN,
            }),
          ),
          headersKeyArn: optional(
            text({
              description: "Your KMS key, if that secret is encrypted with one.",
              allowed: "the ARN of a key in KMS",
              example: "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
              of: KEY_ARN,
            }),
          ),
        },
        {
          description: "An OpenTelemetry protocol (OTLP) endpoint, at any provider.",
          example: "otlp: { endpoint: https://otlp.example.com }",
        },
      ),
    },
    {
      description: "Telemetry of instances, proxies and the application.",
      example: "telemetry: { agent: cloudwatch, logRetentionDays: 90 }",
    },
  ),
} as const;
