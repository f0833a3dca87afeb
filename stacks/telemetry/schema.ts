import { LOG_RETENTION_DAYS } from "../../components/network/flow-logs";
import { KEY_ARN, SECRET_ARN } from "../application/schema";
import { formatted, group, oneOf, oneOfIntegers, optional, text } from "../settings/fields";

const LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
const PORT = String.raw`([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])`;

/** Where OTLP is sent by HTTPS. Credentials, and keys in a query, would be in the user data for all to read. */
const ENDPOINT = formatted(
  "otlp-endpoint",
  (url) => URL.canParse(url),
  new RegExp(String.raw`^(?=.{1,200}$)https:\/\/${LABEL}(\.${LABEL})*(:${PORT})?(\/[A-Za-z0-9._~/-]*)?$`),
);

/** What instances tell of themselves. */
export const schema = {
  telemetry: group(
    {
      agent: oneOf(["none", "cloudwatch"], {
        description:
          "What reports memory, disk and logs of instances and proxies: nothing, or the CloudWatch agent. Its logs are some 50 cents a GB, its metrics about 60 cents a month and instance.",
        default: "none",
      }),
      logRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
        description: "Days that the agent's logs are kept in CloudWatch Logs.",
        default: 30,
      }),
      logKeyArn: optional(
        text({
          description:
            "Your key in KMS for the agent's logs, in aws:region; its policy has to let CloudWatch Logs use it. Without, CloudWatch's own.",
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
                "Where the application's OpenTelemetry SDK sends traces, metrics and logs, by HTTPS: its variable OTEL_EXPORTER_OTLP_ENDPOINT.",
              allowed: "an https URL without credentials, query and fragment, 200 characters at most",
              example: "https://otlp.example.com",
              mayHoldSecret: true,
              of: ENDPOINT,
            }),
          ),
          headersSecretArn: optional(
            text({
              description:
                "ARN of a secret in Secrets Manager, with its six random characters, whose text is the headers that the endpoint wants, api-key=…: the variable OTEL_EXPORTER_OTLP_HEADERS.",
              allowed: "the whole ARN of a secret",
              example: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:store/otlp-a1B2c3",
              mayHoldSecret: true,
              of: SECRET_ARN,
            }),
          ),
          headersKeyArn: optional(
            text({
              description: "Your key in KMS, if that secret is encrypted with one.",
              allowed: "the ARN of a key in KMS",
              example: "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
              of: KEY_ARN,
            }),
          ),
        },
        {
          description: "An endpoint of OpenTelemetry's protocol, at any provider.",
          example: "otlp: { endpoint: https://otlp.example.com }",
        },
      ),
    },
    {
      description: "What instances, proxies and the application tell of themselves.",
      example: "telemetry: { agent: cloudwatch, logRetentionDays: 90 }",
    },
  ),
} as const;
