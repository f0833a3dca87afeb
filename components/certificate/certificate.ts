import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named, type Tags } from "../naming";

/**
 * The key algorithms of ACM's public certificates. `EC_prime256v1` (ECDSA P-256) is as strong as RSA with
 * 3,072 bits and makes the handshake shorter and faster. Every client that supports TLS 1.2 supports it.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html#algorithms-term
 */
export const KEY_ALGORITHMS = ["EC_prime256v1", "EC_secp384r1", "RSA_2048"] as const;

/** One of {@link KEY_ALGORITHMS}. */
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** Arguments of {@link Certificate}. */
export interface CertificateArgs {
  /** The store's domain name, at most 64 characters. It becomes the certificate's common name. */
  readonly domainName: string;
  /**
   * Further names on the certificate; a wildcard such as `*.example.com` covers one label.
   * @default none
   */
  readonly subjectAlternativeNames?: readonly string[];
  /**
   * The hosted zone's name, for messages.
   * @default {@link domainName}
   */
  readonly hostedZoneName?: string;
  /**
   * Id of the Route 53 public hosted zone of all the names.
   * @default none: you create {@link Certificate.validationRecords} elsewhere while the deployment waits
   */
  readonly hostedZoneId?: pulumi.Input<string>;
  /**
   * The AWS provider of the account that has the hosted zone.
   * @default the certificate's own
   */
  readonly hostedZoneProvider?: aws.Provider | undefined;
  /**
   * The certificate's key algorithm.
   * @default "EC_prime256v1"
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * Minutes to wait for ACM to validate the names before the deployment fails.
   * @default 75
   */
  readonly validationMinutes?: number;
  /**
   * Names of the records that validate another certificate for the same names in another Region: ACM asks for
   * the same records. A record must not belong to two resources, because deleting either would delete it for
   * both.
   * @default records of its own
   */
  readonly sharedRecordFqdns?: readonly pulumi.Input<string>[];
  /**
   * Prefix of the records' resource names. A domain name can move between certificates with the same prefix:
   * its record stays the same resource, whichever certificate it validates.
   * @default the component's name
   */
  readonly recordName?: string;
  /**
   * Tags for every resource that takes tags.
   * @default none
   */
  readonly tags?: Tags;
}

const DEFAULTS = {
  subjectAlternativeNames: [],
  keyAlgorithm: "EC_prime256v1",
  validationMinutes: 75,
  tags: {},
} as const;

/** The arguments with their defaults. */
type AllArgs = CertificateArgs & Required<Pick<CertificateArgs, keyof typeof DEFAULTS | "hostedZoneName">>;

/** A DNS record that proves to ACM that you control a name. */
export interface ValidationRecord {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/**
 * A certificate from ACM, validated by records in Route 53. ACM renews it as long as the records exist.
 *
 * Changing a name or the key replaces the certificate. By Pulumi's default, the new one is issued before the
 * old one is deleted.
 */
export class Certificate extends pulumi.ComponentResource {
  /** The ARN, available once ACM has validated the names: listeners accept only validated certificates. */
  readonly certificateArn: pulumi.Output<string>;
  /** Names of the validation records, if the stack creates them. */
  readonly recordFqdns: readonly pulumi.Output<string>[];
  /** The validation records, known before the certificate is valid. */
  readonly validationRecords: readonly pulumi.Output<ValidationRecord>[];

  constructor(name: string, given: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:Certificate", name, {}, opts);
    const args: AllArgs = { ...DEFAULTS, hostedZoneName: given.domainName, ...given };

    const certificate = new aws.acm.Certificate(
      `${name}-certificate`,
      {
        domainName: args.domainName,
        subjectAlternativeNames: [...args.subjectAlternativeNames],
        validationMethod: "DNS",
        keyAlgorithm: args.keyAlgorithm,
        tags: named(args.tags, `${name}-certificate`),
      },
      { parent: this },
    );
    const needed = validationRecords(args, certificate);
    this.validationRecords = needed.map(({ record }) => record);
    this.recordFqdns =
      args.sharedRecordFqdns?.map((fqdn) => pulumi.output(fqdn)) ??
      createValidationRecords(args.recordName ?? name, args, needed, this).map((record) => record.fqdn);
    const validation = new aws.acm.CertificateValidation(
      `${name}-validation`,
      {
        certificateArn: certificate.arn,
        // Without names, the provider doesn't compare the records and only waits for the certificate.
        ...(this.recordFqdns.length > 0 ? { validationRecordFqdns: [...this.recordFqdns] } : {}),
      },
      {
        parent: this,
        customTimeouts: { create: `${args.validationMinutes}m` },
        hooks: { onError: [adviseOnFailure(name, args)] },
      },
    );

    this.certificateArn = validation.certificateArn;
    this.registerOutputs({ certificateArn: this.certificateArn });
  }
}

/** A validation record and the name that it validates. */
interface NeededRecord {
  readonly domain: string;
  readonly record: pulumi.Output<ValidationRecord>;
}

function validationRecords(args: AllArgs, certificate: aws.acm.Certificate): NeededRecord[] {
  return validationDomains([args.domainName, ...args.subjectAlternativeNames]).map((domain) => ({
    domain,
    record: certificate.domainValidationOptions.apply((options) => {
      const option = validationOption(options, domain);
      return {
        name: option.resourceRecordName,
        type: option.resourceRecordType,
        value: option.resourceRecordValue,
      };
    }),
  }));
}

function createValidationRecords(
  name: string,
  { hostedZoneId, hostedZoneProvider: provider }: AllArgs,
  needed: readonly NeededRecord[],
  parent: pulumi.Resource,
): aws.route53.Record[] {
  if (hostedZoneId === undefined) return [];
  return needed.map(
    ({ domain, record }) =>
      new aws.route53.Record(
        `${name}-validation-${domain}`,
        {
          zoneId: hostedZoneId,
          name: record.name,
          type: record.type,
          records: [record.value],
          ttl: 300,
          // An account's certificates for the same name share one record, across Regions and stacks.
          allowOverwrite: true,
        },
        provider === undefined ? { parent } : { parent, provider },
      ),
  );
}

/**
 * The names that each need a validation record: a domain and its wildcard share one.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function validationDomains(names: readonly string[]): string[] {
  return [...new Set(names.map(withoutWildcard))];
}

/** AWS reports only a time-out. This adds what to check. */
function adviseOnFailure(name: string, args: AllArgs): pulumi.ErrorHook {
  return new pulumi.ErrorHook(`${name}-validation-advice`, async () => {
    await pulumi.log.error(validationAdvice(args));
    return false;
  });
}

/**
 * What to check when ACM did not validate a certificate in time.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-DNS-validation.html
 */
export function validationAdvice(
  args: Pick<AllArgs, "domainName" | "hostedZoneId" | "hostedZoneName" | "validationMinutes">,
): string {
  return [
    `ACM did not validate the certificate for ${args.domainName} within ${args.validationMinutes} minutes.`,
    `It looks for the validation records in public DNS. Check, in this order:`,
    args.hostedZoneId === undefined
      ? `1. dig +short CNAME of each validation record's name answers with its value; if not, create it in your DNS.`
      : `1. dig +short NS ${args.hostedZoneName} names the servers that Route 53 lists for the hosted zone; if not, the registrar delegates the domain elsewhere.`,
    `2. dig CAA ${args.hostedZoneName} is empty or allows amazon.com.`,
    `3. If both are right, DNS is only slow: run pulumi up again, or raise certificate.validationMinutes.`,
  ].join("\n");
}

function validationOption(
  options: readonly aws.types.output.acm.CertificateDomainValidationOption[],
  domain: string,
): aws.types.output.acm.CertificateDomainValidationOption {
  const option = options.find((candidate) => withoutWildcard(candidate.domainName) === domain);
  if (option === undefined) {
    const offered = options.map((candidate) => candidate.domainName).join(", ");
    throw new pulumi.RunError(
      `ACM offers no validation record for ${domain}, only for: ${offered || "no name"}.`,
    );
  }
  return option;
}

function withoutWildcard(name: string): string {
  return name.replace(/^\*\./, "");
}
