import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Where names lead: a load balancer or a distribution, by its own name and that name's hosted zone. */
export interface AliasTarget {
  readonly dnsName: pulumi.Input<string>;
  readonly hostedZoneId: pulumi.Input<string>;
  /** Whether Route 53 asks the target for its health; a distribution has none to tell. */
  readonly evaluateTargetHealth: boolean;
}

/** A hosted zone that records are created in. */
export interface AliasZone {
  readonly id: pulumi.Input<string>;
  /** The AWS provider of the account that has it. @default the parent's */
  readonly provider?: aws.Provider | undefined;
}

/** Arguments of {@link createAliasRecords}. */
export interface AliasRecordsArgs {
  /** The names; a wildcard gets no record. */
  readonly domainNames: readonly string[];
  /** The hosted zone for a name's records; undefined for a name whose records others create. */
  readonly hostedZone: (domainName: string) => AliasZone | undefined;
  /** Whether the target has IPv6 addresses too: each name gets an AAAA record then. */
  readonly ipv6: boolean;
  /** Where the names lead. */
  readonly target: AliasTarget;
}

/**
 * Alias records from the store's names to what serves them.
 *
 * @param parent - the load balancer, wherever the names lead: with another parent they would be other records
 *   to Pulumi, and Route 53 refuses a second one of the same name
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
