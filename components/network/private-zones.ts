import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named, stackTagsOf, type Tags } from "../naming";

/** Arguments of {@link PrivateZones}. */
export interface PrivateZonesArgs {
  /** The names to resolve; a wildcard gets no zone. */
  readonly domainNames: readonly string[];
  /** Id of the VPC that resolves the names. */
  readonly vpcId: pulumi.Input<string>;
  /** Tags of the stack; a zone gets as many of them as AWS allows. */
  readonly tags: Tags;
}

/**
 * A private hosted zone for each name, which only the VPC resolves. A zone for the parent domain would hide
 * all its public records from the VPC.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
 */
export class PrivateZones extends pulumi.ComponentResource {
  /** Ids of the zones, by name. */
  readonly zoneIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: PrivateZonesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:PrivateZones", name, {}, opts);

    this.zoneIds = Object.fromEntries(
      args.domainNames
        .filter((domainName) => !domainName.startsWith("*."))
        .map((domainName) => [domainName, this.createZone(name, domainName, args)]),
    );
    this.registerOutputs({ zoneIds: this.zoneIds });
  }

  private createZone(name: string, domainName: string, args: PrivateZonesArgs): pulumi.Output<string> {
    return new aws.route53.Zone(
      `${name}-private-${domainName}`,
      {
        name: domainName,
        comment: `${domainName} within its VPC`,
        vpcs: [{ vpcId: args.vpcId }],
        tags: named(stackTagsOf(args.tags), `${name}-private-${domainName}`),
      },
      { parent: this },
    ).zoneId;
  }
}
