import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { CheckerRegion } from "./health-checkers";
import { named, stackTagsOf, type Tags } from "../naming";

/** Arguments of {@link ExternalHealthCheck}. */
export interface ExternalHealthCheckArgs {
  /** The store's domain name. */
  readonly domainName: string;
  /** Path that returns a status from 200 to 399 while the store can serve customers. */
  readonly path: string;
  /** Regions of the health checkers, at least three. */
  readonly regions: readonly CheckerRegion[];
  /** Seconds between two requests of one checker: 30, or 10 for a fee. */
  readonly intervalSeconds: 10 | 30;
  /** Consecutive failures after which a checker considers the store unhealthy, 1 to 10. */
  readonly failureThreshold: number;
  /** Tags of the stack; the health check gets as many of them as AWS allows. */
  readonly tags: Tags;
}

/**
 * A Route 53 health check that requests the store by its public name from several parts of the world, on
 * customers' path: DNS, TLS, CloudFront and the rest. Its metric, `AWS/Route53 HealthCheckStatus`, is in
 * us-east-1 whatever the stack's Region.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
 */
export class ExternalHealthCheck extends pulumi.ComponentResource {
  /** The health check's id: the dimension `HealthCheckId` of its metric. */
  readonly healthCheckId: pulumi.Output<string>;

  constructor(name: string, args: ExternalHealthCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:ExternalHealthCheck", name, {}, opts);

    const healthCheck = new aws.route53.HealthCheck(
      `${name}-external`,
      {
        type: "HTTPS",
        fqdn: args.domainName,
        port: 443,
        enableSni: true,
        resourcePath: args.path,
        regions: [...args.regions],
        requestInterval: args.intervalSeconds,
        failureThreshold: args.failureThreshold,
        measureLatency: false,
        tags: named(stackTagsOf(args.tags), `${name}-external`),
      },
      { parent: this },
    );

    this.healthCheckId = healthCheck.id;
    this.registerOutputs({ healthCheckId: this.healthCheckId });
  }
}
