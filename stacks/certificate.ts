import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { Certificate } from "../components/certificate/certificate";
import { KEY_ALGORITHMS } from "../components/certificate/certificate";
import type { Context } from "./context";
import type { Settings } from "./settings";
import type { Constraint, Violation } from "./settings/constraint";
import { group, integer, matching, oneOf, optional, text, texts } from "./settings/fields";

const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

/**
 * Labels of letters, digits and inner hyphens, two at least.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1
 */
const NAME = new RegExp(`^(${LABEL}\\.)+${LABEL}$`);

/** A {@link NAME}, or one with `*` for its first label. */
const NAME_OR_WILDCARD = new RegExp(`^(\\*\\.)?(${LABEL}\\.)+${LABEL}$`);

const MAX_NAME = 253;

/** The store's names, and the certificate that covers them. */
export const schema = {
  domainName: text({
    description: "Name that customers type, in the hosted zone.",
    allowed: "a DNS name in lower case, 64 characters at most",
    example: "store.example.com",
    // Becomes the certificate's common name, limited by https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1
    of: matching(NAME, 64),
  }),
  hostedZoneName: text({
    description: "Route 53 public hosted zone, in the same AWS account, for the store's records.",
    allowed: "a DNS name in lower case",
    example: "example.com",
    of: matching(NAME, MAX_NAME),
  }),
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
export const constraints: readonly Constraint[] = [
  domainNameOutsideZone,
  alternativeNamesOutsideZone,
  domainNameTwice,
  certificateElsewhere,
];

function domainNameOutsideZone({ domainName, hostedZoneName: zone }: Settings): Violation[] {
  if (isWithin(zone, domainName)) return [];
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
    hostedZoneName: zone,
    certificate: { subjectAlternativeNames: names },
  } = settings;
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

function isWithin(zone: string, name: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
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

/** The certificate that balancers show, and where its names are. */
export interface StoreCertificate {
  /** Id of the public hosted zone. */
  readonly hostedZoneId: pulumi.Output<string>;
  /** The certificate that the stack made; undefined if it has one of the user's. */
  readonly own: Certificate | undefined;
  readonly certificateArn: pulumi.Output<string>;
}

/** The certificate: the stack's own, unless the settings name another. */
export function build(settings: Settings, { name, tags }: Context): StoreCertificate {
  const zone = aws.route53.getZoneOutput({ name: settings.hostedZoneName, privateZone: false });
  const hostedZoneId = zone.zoneId;
  if (settings.certificate.arn !== undefined)
    return { hostedZoneId, own: undefined, certificateArn: pulumi.output(settings.certificate.arn) };
  const own = new Certificate(name, { ...certificateArgs(settings), hostedZoneId, tags });
  return { hostedZoneId, own, certificateArn: own.certificateArn };
}

/** What the settings say of a certificate, of CloudFront's too. */
export function certificateArgs({ domainName, hostedZoneName, certificate }: Settings) {
  const { arn: _, ...args } = certificate;
  return { ...args, domainName, hostedZoneName };
}
