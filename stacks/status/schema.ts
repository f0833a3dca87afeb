import { LOG_RETENTION_DAYS } from "../../components/network/flow-logs";
import { boolean, group, integer, oneOfIntegers, optional } from "../settings/fields";

/** Settings of the function that reports the store's status. */
export const schema = {
  statusFunction: group(
    {
      enabled: boolean({
        description:
          "Whether a Lambda function publicly answers /status with the health and request counts of the instances; it costs cents.",
        default: false,
      }),
      // No default above 0: a new account has only 10 concurrent executions, and AWS refuses to reserve any
      // of the last 10 to 100. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
      // https://github.com/DataDog/datadog-serverless-functions/pull/621
      reservedConcurrency: optional(
        integer(1, 100, {
          description:
            "Maximum number of concurrent executions, so that visitors of /status leave capacity for the account's other functions; if not set, the account's limit. AWS allows it only if 100 executions of the account's quota remain unreserved.",
          example: 10,
        }),
      ),
      logRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
        description: "Days that the function's log is kept.",
        default: 30,
      }),
    },
    { description: "The store's own status page.", example: "statusFunction: { enabled: true }" },
  ),
} as const;
