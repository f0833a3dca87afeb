import { optionalText } from "../setting-types";
import { isPolicyArn } from "./formats";

/** What the store's roles may be given at the most. */
export const permissions = {
  permissionsBoundary: optionalText({
    description:
      "Permissions boundary of every role that the stack creates; without one, the roles that bootstrap/ makes for pipelines are refused to create any.",
    allowed: "the ARN of a managed policy of IAM",
    example: "arn:aws:iam::123456789012:policy/web-store-github-workloads",
    accepts: isPolicyArn,
  }),
} as const;
