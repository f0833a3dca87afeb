import * as pulumi from "@pulumi/pulumi";

/** What the names of the store's resources begin with: `NAME` in `stacks/context.ts`. */
export const STORE = "web-store-";

/** What the names of the pipelines' own roles and policies begin with. */
export const PIPELINES = "web-store-github-";

/** ARNs of this account's resources in any Region. */
export interface Arns {
  /** A global service's. */
  iam(resource: string): pulumi.Output<string>;
  /** A regional service's. */
  of(service: string, resource: string): pulumi.Output<string>;
}

/** @param accountId - the account's twelve digits */
export function arnsIn(accountId: pulumi.Output<string>): Arns {
  return {
    iam: (resource) => pulumi.interpolate`arn:aws:iam::${accountId}:${resource}`,
    of: (service, resource) => pulumi.interpolate`arn:aws:${service}:*:${accountId}:${resource}`,
  };
}
