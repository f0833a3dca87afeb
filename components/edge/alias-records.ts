import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The target of alias records: a load balancer or a distribution, by its DNS name and that name's hosted
 * zone.
 */
export interface AliasTarget {
  readonly dnsName: pulumi.Input<string>;
  readonly hostedZoneId: pulumi.Input<string>;
  /** Whether Route 53 evaluates the target's health. It must be false for a distribution. */
  readonly evaluateTargetHealth: boolean;
}

/** A hosted zone for the records. */
export interface AliasZone {
  readonly id: pulumi.Input<string>;
  /** The AWS provider of the account that has the zone. @default the parent's */
  readonly provider?: aws.Provider | undefined;
}

/** Arguments of {@link createAliasRecords}. */
export interface AliasRecordsArgs {
  /** The store's names; wildcards get no record. */
  readonly domainNames: readonly string[];
  /** The hosted zone for a name's records; undefined for a name whose records you create elsewhere. */
  readonly hostedZone: (domainName: string) => AliasZone | undefined;
  /** Whether the target has IPv6 addresses too: then each name also gets an AAAA record. */
  readonly ipv6: boolean;
  /** The records' target. */
  readonly target: AliasTarget;
}

/**
 * Creates alias records from the store's names to the target.
 *
 * @param parent - the load balancer, whatever the target: with another parent, Pulumi would see different
 *   records, and Route 53 refuses a second record of the same name
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
 */
export function createAliasRecords(name: string, args: AliasRecordsArgs, parent: pulumi.Resource): void {
  const { dnsName, hostedZoneId, evaluateTargetHealth } = args.target;
  for (const domainName of args.domainNames.filter((one) => !one.startsWith("*."))) {
    const zone = args.hostedZone(domainName);
    if (zone === undefined) continue;
    for (const type of args.ipv6 ? ["A", "AAAA"] : ["A"]) {
      new aws.route53.Record(
        type === "A" ? `${name}-alias-${domainName}` : `${name}-alias-ipv6-${domainName}`,
        {
          zoneId: zone.id,
          name: domainName,
          type,
          aliases: [{ name: dnsName, zoneId: hostedZoneId, evaluateTargetHealth }],
        },
        zone.provider === undefined ? { parent } : { parent, provider: zone.provider },
      );
    }
  }
}
