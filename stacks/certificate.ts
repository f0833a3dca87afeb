import * as pulumi from "@pulumi/pulumi";

import { Certificate } from "../components/certificate/certificate";
import { KEY_ALGORITHMS } from "../components/certificate/certificate";
import type { Context } from "./context";
import { type HostedZone, LABEL, MAX_NAME } from "./dns";
import type { Settings } from "./settings";
import type { Constraint, Violation } from "./settings/constraint";
import { group, integer, matching, oneOf, optional, text, texts } from "./settings/fields";

/** A DNS name, or one with `*` for its first label. */
const NAME_OR_WILDCARD = new RegExp(`^(\\*\\.)?(${LABEL}\\.)+${LABEL}$`);

/** The certificate that covers the store's names. */
export const schema = {
  certificate: group(
    {
      subjectAlternativeNames: texts({
        description:
          "Further names on the certificate. Each leads to the store, but for wildcards: those you point yourself.",
        default: Object.freeze([]),
        allowed: "up to 9 different DNS names in lower case, with or without a leading *.",
        example: "www.store.example.com",
        // ACM's quota is 10 names a certificate: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
        maxItems: 9,
        items: matching(NAME_OR_WILDCARD, MAX_NAME),
      }),
      arn: optional(
        text({
          description:
            "ARN of an issued ACM certificate that covers all the names; without, the stack creates and validates one.",
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
          "Minutes that ACM has to validate the names before the deployment fails; five are usually enough.",
        default: 15,
      }),
    },
    {
      description: "The certificate that balancers show: the stack's own, unless arn names another.",
      example: "web-store:certificate: { subjectAlternativeNames: [www.store.example.com] }",
    },
  ),
} as const;

/** What its settings must satisfy together. */
export const constraints: readonly Constraint[] = [domainNameTwice, certificateElsewhere];

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

/** A load balancer takes certificates of its own Region only. */
function certificateElsewhere({ certificate: { arn: certificateArn }, region }: Settings): Violation[] {
  const there = certificateArn?.split(":")[3];
  if (certificateArn === undefined || there === region) return [];
  return [
    {
      at: "certificate.arn",
      allowed: `a certificate in aws:region, ${region}: a load balancer takes no other`,
      remedy: `request or import the certificate in ${region}, or leave certificate.arn out to have one created`,
    },
  ];
}

/** What the certificate builds on. */
interface CertificateContext extends Context {
  readonly zone: HostedZone | undefined;
}

/** The certificate that balancers show. */
export interface StoreCertificate {
  /** The certificate that the stack made; undefined if it has one of the user's. */
  readonly own: Certificate | undefined;
  readonly certificateArn: pulumi.Output<string>;
}

/** The certificate: the stack's own, unless the settings name another. */
export function build(settings: Settings, { name, tags, zone }: CertificateContext): StoreCertificate {
  if (settings.certificate.arn !== undefined)
    return { own: undefined, certificateArn: pulumi.output(settings.certificate.arn) };
  const own = new Certificate(name, { ...certificateArgs(settings, zone), tags });
  return { own, certificateArn: own.certificateArn };
}

/** What the settings say of a certificate, of CloudFront's too. */
export function certificateArgs({ domainName, certificate }: Settings, zone: HostedZone | undefined) {
  const { arn: _, ...args } = certificate;
  const hostedZone = zone && {
    hostedZoneName: zone.name,
    hostedZoneId: zone.id,
    hostedZoneProvider: zone.provider,
  };
  return { ...args, domainName, ...hostedZone };
}
