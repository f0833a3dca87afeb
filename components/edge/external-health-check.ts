import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { CheckerRegion } from "./health-checkers";
import { named, stackTagsOf, type Tags } from "../naming";

/** Arguments of {@link ExternalHealthCheck}. */
export interface ExternalHealthCheckArgs {
  /** The name that customers type. */
  readonly domainName: string;
  /** Path that answers with a status from 200 to 399 while the store can serve customers. */
  readonly path: string;
  /** Regions that ask, three at least. */
  readonly regions: readonly CheckerRegion[];
  /** Seconds between two questions of one checker: 30, or 10 for a fee. */
  readonly intervalSeconds: 10 | 30;
  /** Bad answers in a row that make a checker call the store unhealthy, 1 to 10. */
  readonly failureThreshold: number;
  /** Tags of the stack; the check gets those of them that AWS has room for. */
  readonly tags: Tags;
}

/**
 * Route 53 asks the store by its public name from several parts of the world, as customers come: DNS, TLS,
 * CloudFront and all. Its metric, `AWS/Route53 HealthCheckStatus`, is in us-east-1 whatever the stack's Region.
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
