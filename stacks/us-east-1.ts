import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The Region of CloudFront's certificate, web ACL and log source, and of the metrics of Route 53's health checks,
 * regardless of the store's Region.
 */
export const US_EAST_1 = "us-east-1";

/**
 * An AWS provider for us-east-1; undefined if that is the stack's own Region, where the default provider is used.
 *
 * An explicit provider does not read the stack's `aws:` configuration. It gets all of it here, so that it works in the
 * same account, with the same role and default tags.
 *
 * @param name - the provider's logical name
 * @param region - the stack's Region
 */
export function usEast1Provider(name: string, region: string): aws.Provider | undefined {
  if (region === US_EAST_1) return undefined;
  return new aws.Provider(`${name}-us-east-1`, { ...stackConfiguration(), region: US_EAST_1 });
}

/** The default provider's settings in the stack's configuration. */
export function stackConfiguration(): aws.ProviderArgs {
  const given = Object.entries(aws.config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

/** Options of a component in us-east-1; empty if that is the stack's own Region. */
export function providedBy(provider: aws.Provider | undefined): pulumi.ComponentResourceOptions {
  return provider === undefined ? {} : { provider };
}
