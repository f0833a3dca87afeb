import { matching, optional, text } from "../settings/fields";

/** The maximum permissions of the store's roles. */
export const schema = {
  permissionsBoundary: optional(
    text({
      description:
        "Permissions boundary of every role that the stack creates; without one, the pipeline roles of bootstrap/ may not create roles.",
      allowed: "the ARN of an IAM managed policy",
      example: "arn:aws:iam::123456789012:policy/web-store-github-workloads",
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
      of: matching(/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy(\/[\w+=,.@-]+)+$/),
    }),
  ),
} as const;
