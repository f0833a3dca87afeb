import * as pulumi from "@pulumi/pulumi";

/** Prefix of the names of the store's resources: `NAME` in `stacks/context.ts`. */
export const STORE = "web-store-";

/** Prefix of the names of the pipelines' own roles and policies. */
export const PIPELINES = "web-store-github-";

/** ARNs of this account's resources in any Region. */
export interface Arns {
  /** ARN of an IAM resource. */
  iam(resource: string): pulumi.Output<string>;
  /** ARN of a regional service's resource. */
  of(service: string, resource: string): pulumi.Output<string>;
}

/** @param accountId - the account's twelve digits */
export function arnsIn(accountId: pulumi.Output<string>): Arns {
  return {
    iam: (resource) => pulumi.interpolate`arn:aws:iam::${accountId}:${resource}`,
    of: (service, resource) => pulumi.interpolate`arn:aws:${service}:*:${accountId}:${resource}`,
  };
}
