import * as pulumi from "@pulumi/pulumi";

/**
 * Gives every role that the stack creates a permissions boundary, those of components from elsewhere, too. Called before
 * the first resource is declared.
 *
 * @param policyArn - ARN of the managed policy; empty for none
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/transforms/
 */
export function boundRoles(policyArn: string): void {
  if (policyArn === "") return;
  pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
    type === "aws:iam/role:Role" ? { props: { ...props, permissionsBoundary: policyArn }, opts } : undefined,
  );
}
