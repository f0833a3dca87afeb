import * as pulumi from "@pulumi/pulumi";

import { Certificate, KEY_ALGORITHMS, validationDomains } from "../components/certificate/certificate";
import type { Context } from "./context";
import { DNS_NAME, type HostedZone, MAX_NAME } from "./dns";
import type { Settings } from "./settings";
import type { Constraint, Violation } from "./settings/constraint";
import { group, integer, matching, oneOf, optional, text, texts } from "./settings/fields";

/** A DNS name, or one with `*` as its first label. */
const NAME_OR_WILDCARD = new RegExp(`^(\\*\\.)?${DNS_NAME}$`);

/** The certificate that covers the store's names. */
export const schema = {
  certificate: group(
    {
      subjectAlternativeNames: texts({
        description:
          "Further names of the store. The first nine are on its certificate, the others on further certificates. The stack points each to the store, except wildcards, which you point yourself.",
        default: Object.freeze([]),
        allowed: "up to 100 different lowercase DNS names, with or without a leading *.",
        example: "www.store.example.com",
        maxItems: 100,
        items: matching(NAME_OR_WILDCARD, MAX_NAME),
      }),
      arn: optional(
        text({
          description:
            "ARN of an issued ACM certificate that covers all names; if not set, the stack creates and validates one.",
          allowed: "the ARN of a certificate in ACM",
          example: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
          // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html
          of: matching(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9A-Za-z-]+$/),
        }),
      ),
      keyAlgorithm: oneOf(KEY_ALGORITHMS, {
        description: "Key of the certificate that the stack creates: ECDSA (P-256, P-384) or RSA.",
        default: "EC_prime256v1",
      }),
      validationMinutes: integer(1, 120, {
        description:
          "Minutes that the deployment waits for ACM to validate the names before it fails; five are usually enough.",
        default: 15,
      }),
    },
    {
      description: "The certificate of the balancers: the stack's own, unless arn names another.",
      example: "certificate: { subjectAlternativeNames: [www.store.example.com] }",
    },
  ),
} as const;

/** Constraints on these settings together. */
export const constraints: readonly Constraint[] = [
  domainNameTwice,
  certificateElsewhere,
  tooManyCertificates,
  furtherNamesTooLong,
];

/**
 * Maximum number of names on one certificate, by ACM's default quota.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
 */
const NAMES_ON_ONE = 10;

/**
 * Maximum number of certificates of a load balancer in addition to its default one, by AWS's default quota.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const FURTHER_CERTIFICATES = 25;

/** Maximum length of a certificate's first name; see `domainName`. */
const FIRST_NAME = 64;

/** The names on each certificate. */
interface CertificatePlan {
  /** The names on the default certificate, in addition to `domainName`. */
  readonly first: readonly string[];
  /** The names on further certificates, by the name that ACM validates: a name and its wildcard share a certificate. */
  readonly further: ReadonlyMap<string, readonly string[]>;
}

/**
 * The first nine names are on the default certificate. Any other has its own, unless a wildcard covers it. So adding or
 * removing a name at the end of the list does not replace a certificate that others use.
 */
export function planCertificates({
  certificate: { arn, subjectAlternativeNames: names },
}: Pick<Settings, "certificate">): CertificatePlan {
  // The user's own certificate covers all names.
  if (arn !== undefined) return { first: names, further: new Map() };
  const first = names.slice(0, NAMES_ON_ONE - 1);
  const others = names.slice(first.length).filter((name) => !isCovered(name, names));
  const further = new Map(
    validationDomains(others).map((domain) => [
      domain,
      others.filter((name) => validationDomains([name])[0] === domain),
    ]),
  );
  return { first, further };
}

/** Whether one of the names is a wildcard that covers `name`. */
function isCovered(name: string, names: readonly string[]): boolean {
  return !name.startsWith("*.") && names.includes(name.replace(/^[^.]+/, "*"));
}

function tooManyCertificates(settings: Settings): Violation[] {
  const { further } = planCertificates(settings);
  if (further.size <= FURTHER_CERTIFICATES) return [];
  return [
    {
      at: "certificate.subjectAlternativeNames",
      allowed: `up to ${NAMES_ON_ONE - 1} names, and ${FURTHER_CERTIFICATES} more that no wildcard covers: each of those needs a certificate, and a load balancer allows no more; there are ${further.size}`,
      remedy:
        "add a wildcard such as *.example.com to the names, or set certificate.arn to a certificate for all of them",
    },
  ];
}

/** The first name of a certificate is also its common name, whose length is limited. */
function furtherNamesTooLong(settings: Settings): Violation[] {
  const long = [...planCertificates(settings).further.values()]
    .map(([name = ""]) => name)
    .filter((name) => name.length > FIRST_NAME);
  if (long.length === 0) return [];
  return [
    {
      at: "certificate.subjectAlternativeNames",
      allowed: `names of up to ${FIRST_NAME} characters after the first ${NAMES_ON_ONE - 1}, as each is the first name of a certificate`,
      remedy: `put ${long.join(", ")} among the first ${NAMES_ON_ONE - 1}`,
    },
  ];
}

function domainNameTwice({ domainName, certificate: { subjectAlternativeNames } }: Settings): Violation[] {
  if (!subjectAlternativeNames.includes(domainName)) return [];
  return [
    {
      at: "certificate.subjectAlternativeNames",
      allowed: `names other than domainName, ${domainName}`,
      remedy: `remove ${domainName}`,
    },
  ];
}

/** A load balancer uses certificates of its own Region only. */
function certificateElsewhere({ certificate: { arn: certificateArn }, region }: Settings): Violation[] {
  const there = certificateArn?.split(":")[3];
  if (certificateArn === undefined || there === region) return [];
  return [
    {
      at: "certificate.arn",
      allowed: `a certificate in aws:region, ${region}: a load balancer uses no other`,
      remedy: `request or import the certificate in ${region}, or leave certificate.arn out to have one created`,
    },
  ];
}

/** The resources that the certificate needs. */
interface CertificateContext extends Context {
  readonly zone: HostedZone | undefined;
}

/** The certificates of the balancers. */
export interface StoreCertificate {
  /** The default certificate that the stack creates; undefined if the settings name one. */
  readonly own: Certificate | undefined;
  /** ARN of the default certificate. */
  readonly certificateArn: pulumi.Output<string>;
  /** Further certificates that the stack creates, by name. */
  readonly further: Readonly<Record<string, Certificate>>;
  /** The stack's certificates that need their own validation records, which you may have to create. */
  readonly withOwnRecords: readonly Certificate[];
}

/** Creates the certificates, unless the settings name one. */
export function build(settings: Settings, { name, tags, zone }: CertificateContext): StoreCertificate {
  if (settings.certificate.arn !== undefined)
    return {
      own: undefined,
      certificateArn: pulumi.output(settings.certificate.arn),
      further: {},
      withOwnRecords: [],
    };
  const args = certificateArgs(settings, zone);
  const own = new Certificate(name, { ...args, tags });
  const validated = validationDomains([args.domainName, ...args.subjectAlternativeNames]);
  const further = [...planCertificates(settings).further].map(([domain, [first = "", ...others]]) => {
    const index = validated.indexOf(domain);
    // Without a hosted zone, the stack creates no records.
    const shared = own.recordFqdns[index];
    const certificate = new Certificate(`${name}-${domain}`, {
      ...args,
      domainName: first,
      subjectAlternativeNames: others,
      recordName: name,
      ...(shared === undefined ? {} : { sharedRecordFqdns: [shared] }),
      tags,
    });
    return { domain, certificate, isShared: index >= 0 };
  });
  return {
    own,
    certificateArn: own.certificateArn,
    further: Object.fromEntries(further.map(({ domain, certificate }) => [domain, certificate])),
    withOwnRecords: [own, ...further.filter(({ isShared }) => !isShared).map((one) => one.certificate)],
  };
}

/** The arguments of the default certificate, and of CloudFront's. */
export function certificateArgs(settings: Settings, zone: HostedZone | undefined) {
  const { arn: _, ...args } = settings.certificate;
  const hostedZone = zone && {
    hostedZoneName: zone.name,
    hostedZoneId: zone.id,
    hostedZoneProvider: zone.provider,
  };
  const { first: subjectAlternativeNames } = planCertificates(settings);
  return { ...args, domainName: settings.domainName, subjectAlternativeNames, ...hostedZone };
}
