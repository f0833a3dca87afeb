import { LOG_RETENTION_DAYS } from "../../components/log-retention";
import { boolean, oneOfIntegers } from "../setting-types";
import { group } from "../structured-settings";

/** The function that tells how the store is. */
export const status = {
  statusFunction: group(
    {
      enabled: boolean({
        description:
          "Whether a Lambda function answers /status with the health of the instances and what is asked of them, to anybody; it costs cents.",
        default: false,
      }),
      logRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
        description: "Days that the function's log is kept.",
        default: 30,
      }),
    },
    { description: "The store's own status page.", example: "statusFunction: { enabled: true }" },
  ),
} as const;
