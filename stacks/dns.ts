import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Certificate, ValidationRecord } from "../components/certificate/certificate";
import type { AliasTarget } from "../components/edge/alias-records";
import type { Context } from "./context";
import type { Settings } from "./settings";
import type { Constraint, Violation } from "./settings/constraint";
import { matching, oneOf, optional, text } from "./settings/fields";
import { stackConfiguration } from "./us-east-1";

/**
 * A regular expression for DNS names: at least two labels of letters, digits and inner hyphens. The last label has at
 * least two characters and begins with a letter, unlike that of an IP address.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1
 * @see https://www.rfc-editor.org/rfc/rfc3696#section-2
 */
export const DNS_NAME = "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]";

const NAME = new RegExp(`^${DNS_NAME}$`);

/** Maximum length of a DNS name. */
export const MAX_NAME = 253;

/** Settings for the store's name and DNS records. */
export const schema = {
  domainName: text({
    description: "Domain name of the store, which customers enter.",
    allowed: "a lowercase DNS name of at most 64 characters",
    example: "store.example.com",
    // Becomes the certificate's common name, whose length is limited:
    // https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1
    of: matching(NAME, 64),
  }),
  dns: oneOf(["route53", "none"], {
    description:
      "Where the store's public records are: in a hosted zone in Route 53, or outside AWS (none). With none, a deployment prints the records to create, and waits until ACM sees them.",
    default: "route53",
  }),
  hostedZoneName: optional(
    text({
      description: "Route 53 public hosted zone for the store's records; required where dns is route53.",
      allowed: "a DNS name in lower case",
      example: "example.com",
      of: matching(NAME, MAX_NAME),
    }),
  ),
  hostedZoneRoleArn: optional(
    text({
      description:
        "Role to assume for the hosted zone and its records, if the zone is in another AWS account.",
      allowed: "the ARN of an IAM role",
      example: "arn:aws:iam::210987654321:role/store-dns",
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
      of: matching(/^arn:aws[a-z-]*:iam::\d{12}:role(\/[\w+=,.@-]+)+$/),
    }),
  ),
} as const;

/** Constraints on these settings together. */
export const constraints: readonly Constraint[] = [
  zoneMissing,
  roleWithoutZone,
  domainNameOutsideZone,
  alternativeNamesOutsideZone,
];

function zoneMissing({ dns, hostedZoneName }: Settings): Violation[] {
  if (dns === "none" || hostedZoneName !== undefined) return [];
  return [
    {
      at: "hostedZoneName",
      allowed: "a DNS name in lower case, where dns is route53",
      remedy:
        "for example: pulumi config set web-store:hostedZoneName example.com; without a hosted zone in Route 53: pulumi config set web-store:dns none",
    },
  ];
}

function roleWithoutZone({ dns, hostedZoneRoleArn }: Settings): Violation[] {
  if (dns === "route53" || hostedZoneRoleArn === undefined) return [];
  return [
    {
      at: "hostedZoneRoleArn",
      allowed: "no value, where dns is none: the stack uses no hosted zone",
      remedy: "remove hostedZoneRoleArn, or set dns to route53",
    },
  ];
}

function domainNameOutsideZone({ dns, domainName, hostedZoneName: zone }: Settings): Violation[] {
  if (dns === "none" || zone === undefined || isWithin(zone, domainName)) return [];
  return [
    {
      at: "domainName",
      allowed: `${zone} or a name that ends in .${zone}, the zone in hostedZoneName`,
      remedy: `choose a name in ${zone}, or set hostedZoneName to the zone that holds ${domainName}`,
    },
  ];
}

function alternativeNamesOutsideZone(settings: Settings): Violation[] {
  const {
    dns,
    hostedZoneName: zone,
    certificate: { subjectAlternativeNames: names },
  } = settings;
  if (dns === "none" || zone === undefined) return [];
  const outside = names.filter((name) => !isWithin(zone, name));
  if (outside.length === 0) return [];
  return [
    {
      at: "certificate.subjectAlternativeNames",
      allowed: `names that end in .${zone}, the zone in hostedZoneName: the certificate is validated by records there`,
      remedy: `remove ${outside.join(", ")}`,
    },
  ];
}

function isWithin(zone: string, name: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

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
