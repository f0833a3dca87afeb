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
 * A DNS name as a regular expression: labels of letters, digits and inner hyphens, two at least. The last has two
 * characters at least and begins with a letter, as a top-level domain does and an address doesn't.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1
 * @see https://www.rfc-editor.org/rfc/rfc3696#section-2
 */
export const DNS_NAME = "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]";

const NAME = new RegExp(`^${DNS_NAME}$`);

/** The characters of the longest DNS name. */
export const MAX_NAME = 253;

/** The store's name, and who has its records. */
export const schema = {
  domainName: text({
    description: "Name that customers type.",
    allowed: "a DNS name in lower case, 64 characters at most",
    example: "store.example.com",
    // Becomes the certificate's common name, limited by https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1
    of: matching(NAME, 64),
  }),
  dns: oneOf(["route53", "none"], {
    description:
      "Who has the store's public records: a hosted zone in Route 53, or none of AWS's. Then a deployment prints the records to create, and waits until ACM sees them.",
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
        "Role to assume for the hosted zone and the records in it, where the zone is in another AWS account.",
      allowed: "the ARN of an IAM role",
      example: "arn:aws:iam::210987654321:role/store-dns",
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
      of: matching(/^arn:aws[a-z-]*:iam::\d{12}:role(\/[\w+=,.@-]+)+$/),
    }),
  ),
} as const;

/** What its settings must satisfy together. */
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
      allowed: "nothing, where dns is none: the stack touches no hosted zone",
      remedy: "remove hostedZoneRoleArn, or set dns to route53",
    },
  ];
}

function domainNameOutsideZone({ dns, domainName, hostedZoneName: zone }: Settings): Violation[] {
  if (dns === "none" || zone === undefined || isWithin(zone, domainName)) return [];
  return [
    {
      at: "domainName",
      allowed: `${zone} or a name that ends in .${zone}, as hostedZoneName says`,
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
      allowed: `names that end in .${zone}, as hostedZoneName says: the certificate is validated by records there`,
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
  /** The AWS provider of the account that has it; undefined for the stack's own. */
  readonly provider: aws.Provider | undefined;
}

/** The hosted zone, or undefined where other people's DNS has the records. */
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

/** As the stack's own, and then by the role: so it is in an account that the stack's lists of accounts don't know. */
function zoneProvider(name: string, roleArn: string): aws.Provider {
  const { allowedAccountIds: _, forbiddenAccountIds: __, ...configuration } = stackConfiguration();
  return new aws.Provider(`${name}-dns`, {
    ...configuration,
    assumeRoles: [...(aws.config.assumeRoles ?? []), { roleArn, sessionName: name }],
  });
}

/** A record that somebody has to create. */
export interface DnsRecord extends ValidationRecord {
  readonly purpose: string;
}

/** The records that validate a certificate: ACM asks for them again before it renews it. */
export function validatingRecords({ validationRecords }: Certificate): pulumi.Output<DnsRecord>[] {
  return validationRecords.map((record) =>
    record.apply((its) => ({ ...its, purpose: "validates the certificate and its renewals" })),
  );
}

/** The records that lead the store's names to what serves them; wildcards are for their owner to point. */
export function leadingRecords(
  domainNames: readonly string[],
  { dnsName }: AliasTarget,
): pulumi.Output<DnsRecord>[] {
  return domainNames
    .filter((domainName) => !domainName.startsWith("*."))
    .map((name) =>
      pulumi.output(dnsName).apply((value) => ({
        name,
        // The top of a zone takes no CNAME: https://www.rfc-editor.org/rfc/rfc1912#section-2.4
        type: "CNAME (at the top of a zone: ALIAS or ANAME)",
        value,
        purpose: "leads customers to the store",
      })),
    );
}

/**
 * Prints the records as soon as they are known, which a preview can't wait for: outputs come only when the deployment
 * ends, and it doesn't end before ACM sees the first of them.
 *
 * @param minutes - how long ACM has to see those of a certificate; undefined without a certificate of the stack's own
 */
export function tellRecords(records: readonly pulumi.Output<DnsRecord>[], minutes: number | undefined): void {
  const isPreview = pulumi.runtime.isDryRun();
  const wait =
    minutes === undefined
      ? ""
      : ` The deployment waits for those that validate a new certificate, up to ${minutes} minutes (certificate.validationMinutes).`;
  void pulumi.log.info(
    `dns is none: your own DNS needs ${records.length} records, which ${isPreview ? "pulumi up prints" : "follow"} as AWS names them.${wait}`,
  );
  if (isPreview) return;
  for (const record of records)
    record.apply(({ name, type, value, purpose }) =>
      pulumi.log.info(`DNS record that ${purpose}:\n  name:  ${name}\n  type:  ${type}\n  value: ${value}`),
    );
}
