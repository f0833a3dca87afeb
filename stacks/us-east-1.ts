import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Where CloudFront looks for its certificate, its web ACL and the source of its logs, and where Route 53 keeps the
 * metrics of its health checks, wherever the store is.
 */
export const US_EAST_1 = "us-east-1";

/**
 * An AWS provider for us-east-1, or undefined if that is the stack's own Region: then its default one will do.
 *
 * An explicit provider takes nothing from the stack's `aws:` configuration by itself. It gets all of it here, so
 * that it works in the same account, by the same role, with the same default tags.
 *
 * @param name - the provider's logical name
 * @param region - the stack's own Region
 */
export function usEast1Provider(name: string, region: string): aws.Provider | undefined {
  if (region === US_EAST_1) return undefined;
  return new aws.Provider(`${name}-us-east-1`, { ...stackConfiguration(), region: US_EAST_1 });
}

/** What the stack's configuration tells the default provider. */
export function stackConfiguration(): aws.ProviderArgs {
  const given = Object.entries(aws.config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

/** Options of a component in us-east-1; none where that is the stack's own Region. */
export function providedBy(provider: aws.Provider | undefined): pulumi.ComponentResourceOptions {
  return provider === undefined ? {} : { provider };
}
