import { optionalText } from "../setting-types";

/** What the store's roles may be given at the most. */
export const permissions = {
  permissionsBoundary: optionalText({
    description:
      "Permissions boundary of every role that the stack creates; without one, the roles that bootstrap/ makes for pipelines are refused to create any.",
    allowed: "the ARN of a managed policy of IAM, or an empty text",
    example: "arn:aws:iam::123456789012:policy/web-store-github-workloads",
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    pattern: /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy(\/[\w+=,.@\-]+)+$/,
  }),
} as const;
