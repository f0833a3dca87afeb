import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "./settings";
import { matching, optional, text } from "./settings/fields";

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

/**
 * Gives every role that the stack creates a permissions boundary, including those of other packages' components. Must
 * be called before the first resource is declared.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/transforms/
 */
export function build({ permissionsBoundary }: Settings): void {
  if (permissionsBoundary === undefined) return;
  pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
    type === "aws:iam/role:Role" ? { props: { ...props, permissionsBoundary }, opts } : undefined,
  );
}
