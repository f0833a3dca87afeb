import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";
import { caBundleViolations, revocationListViolations } from "./pem-violations";
import { readPemFile } from "./pem-files";

/** Constraints on the files of certificate authorities, their content, and clients that have no certificate. */
export const constraints: readonly Constraint[] = [
  verifiedByNobody,
  passedThroughUnverified,
  unfitCaBundle,
  unfitRevocationLists,
  checkersWithoutCertificate,
  cdnWithoutCertificate,
];

const UNREADABLE = {
  allowed: "the path of an existing file, relative to the folder of Pulumi.yaml",
  remedy: "correct the path, or put the file there",
};

function verifiedByNobody({ clientCertificates }: Settings): Violation[] {
  if (clientCertificates?.mode !== "verify" || clientCertificates.caBundle !== undefined) return [];
  return [
    {
      at: "clientCertificates.caBundle",
      allowed: "the path of a PEM file with the authorities to verify against, as mode is verify",
      remedy:
        "set it, for example: pulumi config set --path 'web-store:clientCertificates.caBundle' client-ca.pem",
    },
  ];
}

/** Settings that only the load balancer's own verification uses, and passthrough ignores. */
function passedThroughUnverified({ clientCertificates }: Settings): Violation[] {
  if (clientCertificates?.mode !== "passthrough") return [];
  const { caBundle, revocationLists, advertiseCaNames, ignoreExpiry } = clientCertificates;
  const unheeded = {
    caBundle: caBundle !== undefined,
    revocationLists: revocationLists.length > 0,
    advertiseCaNames,
    ignoreExpiry,
  };
  return Object.entries(unheeded)
    .filter(([, isSet]) => isSet)
    .map(([field]) => ({
      at: `clientCertificates.${field}`,
      allowed:
        "no value where mode is passthrough: the application verifies certificates, not the load balancer",
      remedy: "remove it, or set mode: verify",
    }));
}

function unfitCaBundle({ clientCertificates }: Settings): Violation[] {
  if (clientCertificates?.mode !== "verify" || clientCertificates.caBundle === undefined) return [];
  const text = readPemFile(clientCertificates.caBundle);
  const violations = text === undefined ? [UNREADABLE] : caBundleViolations(text, new Date());
  return violations.map((violation) => ({ at: "clientCertificates.caBundle", ...violation }));
}

function unfitRevocationLists({ clientCertificates }: Settings): Violation[] {
  if (clientCertificates?.mode !== "verify") return [];
  return clientCertificates.revocationLists.flatMap((path, index) => {
    const text = readPemFile(path);
    const violations = text === undefined ? [UNREADABLE] : revocationListViolations(text);
    return violations.map((violation) => ({
      at: `clientCertificates.revocationLists[${index}]`,
      ...violation,
    }));
  });
}

/**
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html (no certificate among
 * them)
 */
function checkersWithoutCertificate({ clientCertificates, externalHealthCheck }: Settings): Violation[] {
  if (clientCertificates?.mode !== "verify" || !externalHealthCheck.enabled) return [];
  return [
    {
      at: "externalHealthCheck.enabled",
      allowed:
        "false if clientCertificates.mode is verify: Route 53's health checkers have no certificate and can't connect",
      remedy: "set externalHealthCheck.enabled to false, or clientCertificates.mode to passthrough",
    },
  ];
}

/**
 * CloudFront can present its own certificate to an origin, except to a VPC origin, but never its visitors'
 * certificates.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-enable-mtls-distributions.html
 */
function cdnWithoutCertificate({ clientCertificates, cdn }: Settings): Violation[] {
  if (clientCertificates === undefined || !cdn.enabled) return [];
  return [
    {
      at: "cdn.enabled",
      allowed:
        "false with clientCertificates: CloudFront terminates visitors' TLS and does not pass their certificates to the load balancer",
      remedy: "set cdn.enabled to false, or remove clientCertificates",
    },
  ];
}
