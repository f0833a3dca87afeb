import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "../settings/schema";

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
