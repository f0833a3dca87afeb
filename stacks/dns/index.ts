import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Certificate, ValidationRecord } from "../../components/certificate/certificate";
import type { AliasTarget } from "../../components/edge/alias-records";
import type { Context } from "../context";
import type { Settings } from "../settings/schema";
import { stackConfiguration } from "../us-east-1";

/** The public hosted zone of the store's records. */
export interface HostedZone {
  readonly name: string;
  readonly id: pulumi.Output<string>;
  /** The AWS provider of the account that has the zone; undefined for the stack's own. */
  readonly provider: aws.Provider | undefined;
}

/** The hosted zone; undefined if the records are outside Route 53. */
export function build({ dns, ...settings }: Settings, { name }: Context): HostedZone | undefined {
  const { hostedZoneName: zoneName, hostedZoneRoleArn: roleArn } = settings;
  if (dns === "none" || zoneName === undefined) return undefined;
  const provider = roleArn === undefined ? undefined : zoneProvider(name, roleArn);
  const zone = aws.route53.getZoneOutput(
    { name: zoneName, privateZone: false },
    provider === undefined ? {} : { provider },
  );
  return { name: zoneName, id: zone.zoneId, provider };
}

/** Like the stack's own provider, but with the role, and without the stack's lists of allowed accounts. */
function zoneProvider(name: string, roleArn: string): aws.Provider {
  const { allowedAccountIds: _, forbiddenAccountIds: __, ...configuration } = stackConfiguration();
  return new aws.Provider(`${name}-dns`, {
    ...configuration,
    assumeRoles: [...(aws.config.assumeRoles ?? []), { roleArn, sessionName: name }],
  });
}

/** A record that the user has to create. */
export interface DnsRecord extends ValidationRecord {
  readonly purpose: string;
}

/** The records that validate a certificate, which ACM checks again before each renewal. */
export function validatingRecords({ validationRecords }: Certificate): pulumi.Output<DnsRecord>[] {
  return validationRecords.map((record) =>
    record.apply((its) => ({ ...its, purpose: "validates the certificate and its renewals" })),
  );
}

/** The records that point the store's names to the store. Owners point wildcards themselves. */
export function leadingRecords(
  domainNames: readonly string[],
  { dnsName }: AliasTarget,
): pulumi.Output<DnsRecord>[] {
  return domainNames
    .filter((domainName) => !domainName.startsWith("*."))
    .map((name) =>
      pulumi.output(dnsName).apply((value) => ({
        name,
        // The apex of a zone can't have a CNAME: https://www.rfc-editor.org/rfc/rfc1912#section-2.4
        type: "CNAME (at the top of a zone: ALIAS or ANAME)",
        value,
        purpose: "leads customers to the store",
      })),
    );
}

/**
 * Prints the records as soon as they are known. Stack outputs appear only when the deployment ends, and it does not end
 * before ACM sees the first of the records.
 *
 * @param minutes - how long the deployment waits for ACM; undefined if the stack creates no certificate
 */
export function tellRecords(records: readonly pulumi.Output<DnsRecord>[], minutes: number | undefined): void {
  const isPreview = pulumi.runtime.isDryRun();
  const wait =
    minutes === undefined
      ? ""
      : ` The deployment waits up to ${minutes} minutes for the records that validate a new certificate (certificate.validationMinutes).`;
  void pulumi.log.info(
    `dns is none: your own DNS needs ${records.length} records, which ${isPreview ? "pulumi up prints" : "follow"} once AWS has named them.${wait}`,
  );
  if (isPreview) return;
  for (const record of records)
    record.apply(({ name, type, value, purpose }) =>
      pulumi.log.info(`DNS record that ${purpose}:\n  name:  ${name}\n  type:  ${type}\n  value: ${value}`),
    );
}
