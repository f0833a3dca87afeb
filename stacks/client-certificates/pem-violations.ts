import { X509Certificate } from "node:crypto";

import type { Violation } from "../settings/constraint";
import { pemBlocks } from "./pem-files";

/** A violation, without its setting. */
type PemViolation = Omit<Violation, "at">;

/**
 * AWS's limits for a trust store: certificates, bytes of each, and bytes of a revocation list.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#certificates-quotas
 */
const MOST_CERTIFICATES = 25;
const MOST_CERTIFICATE_BYTES = 16 * 1024;
const MOST_REVOCATION_BYTES = 50 * 1024 * 1024;

/**
 * Everything that is wrong with a file of authorities' certificates.
 *
 * @param text - the content of the file
 * @param now - the time at which they must be valid
 */
export function caBundleViolations(text: string, now: Date): PemViolation[] {
  const blocks = pemBlocks(text);
  const keys = blocks.filter(({ label }) => label.endsWith("PRIVATE KEY"));
  const others = blocks.filter(({ label }) => label !== "CERTIFICATE" && !label.endsWith("PRIVATE KEY"));
  const certificates = blocks.filter(({ label }) => label === "CERTIFICATE");
  return [
    ...(keys.length > 0
      ? [
          {
            allowed: "only certificates: this file has a private key, which nobody else may have",
            remedy: "remove the key from the file; if others have seen it, create a new key and certificate",
          },
        ]
      : []),
    ...(others.length > 0 || (certificates.length === 0 && keys.length === 0)
      ? [
          {
            allowed: `only PEM blocks CERTIFICATE, at least one: this file has ${others.map(({ label }) => label).join(", ") || "none"}`,
            remedy: "convert it, for example from DER: openssl x509 -inform der -in FILE -out ca.pem",
          },
        ]
      : []),
    ...(certificates.length > MOST_CERTIFICATES
      ? [
          {
            allowed: `up to ${MOST_CERTIFICATES} certificates, AWS's quota for a trust store: this file has ${certificates.length}`,
            remedy: "remove authorities that have not signed any client's certificate",
          },
        ]
      : []),
    ...certificates.flatMap(({ text: pem }, index) => certificateViolation(pem, index + 1, now)),
  ];
}

function certificateViolation(pem: string, number: number, now: Date): PemViolation[] {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return [
      {
        allowed: `X.509 certificates: number ${number} of this file isn't one`,
        remedy: "export it from the authority again",
      },
    ];
  }
  const which = `number ${number} of this file, ${certificate.subject.replaceAll("\n", ", ")},`;
  // https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9
  if (!certificate.ca)
    return [
      {
        allowed: `certificates of authorities (CA:TRUE in their basic constraints): ${which} isn't one`,
        remedy: "replace it with the certificate of the authority that has signed it",
      },
    ];
  if (certificate.raw.length > MOST_CERTIFICATE_BYTES)
    return [
      {
        allowed: `certificates of up to ${MOST_CERTIFICATE_BYTES} bytes, AWS's quota: ${which} has ${certificate.raw.length}`,
        remedy: "have the authority issue one with fewer names in it",
      },
    ];
  const end = new Date(certificate.validTo);
  if (end < now)
    return [
      {
        allowed: `certificates that are still valid: ${which} ended on ${end.toISOString().slice(0, 10)}`,
        remedy: "remove it, or replace it with the authority's new certificate",
      },
    ];
  return [];
}

/**
 * What is wrong with a revocation list. Node cannot read revocation lists, so AWS checks whether its authority is in
 * the bundle and has signed it, and how many entries it has.
 *
 * @param text - the content of the file
 */
export function revocationListViolations(text: string): PemViolation[] {
  const labels = pemBlocks(text).map(({ label }) => label);
  if (labels.join() !== "X509 CRL")
    return [
      {
        allowed: `exactly one PEM block X509 CRL: this file has ${labels.join(", ") || "none"}`,
        remedy:
          "convert it, for example from DER: openssl crl -inform der -in FILE -out crl.pem; use one file for each list",
      },
    ];
  const bytes = Buffer.byteLength(text);
  if (bytes <= MOST_REVOCATION_BYTES) return [];
  return [
    {
      allowed: `a file of up to ${MOST_REVOCATION_BYTES} bytes, AWS's quota: this one has ${bytes}`,
      remedy: "have the authority publish its list in parts, and list each part",
    },
  ];
}
