import type { Constraint, Violation } from "../settings/constraint";
import type { Settings } from "../settings/schema";
import { NAMES_ON_ONE, planCertificates } from "./plan";

/** Constraints on these settings together. */
export const constraints: readonly Constraint[] = [
  domainNameTwice,
  certificateElsewhere,
  tooManyCertificates,
  furtherNamesTooLong,
];

/**
 * Maximum number of certificates of a load balancer in addition to its default one, by AWS's default quota.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const FURTHER_CERTIFICATES = 25;

/** Maximum length of a certificate's first name; see `domainName`. */
const FIRST_NAME = 64;

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
