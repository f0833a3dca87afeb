import { X509Certificate } from "node:crypto";
import { advice, problem, resourceRule, violations } from "../../rule";
import type { Expectation, Subject, Violation } from "../../rule";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import { CERTIFICATE, isOf, LISTENER_CERTIFICATE, SERVER_CERTIFICATE } from "../../resources";
import { booleanSetting } from "../../settings";

const CERTIFICATE_FIX =
  '{ domainName: "store.example.com", validationMethod: "DNS", keyAlgorithm: "EC_prime256v1" }';
const LISTENER_CERTIFICATE_FIX = "{ listenerArn: https.arn, certificateArn: validation.certificateArn }";

/**
 * The keys strong enough, as ACM names them. It also takes RSA_1024 for certificates it imports.
 *
 * Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
export const KEY_ALGORITHMS: readonly string[] = [
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
];

const VALIDATION: Expectation = {
  accepts: (value) => value === "DNS",
  allowed: '"DNS", which ACM repeats by itself at each renewal',
  vocabulary: /^(DNS|EMAIL|HTTP|NONE)$/i,
};

const KEY: Expectation = {
  accepts: (value) => typeof value === "string" && KEY_ALGORITHMS.includes(value),
  allowed: `left out (RSA_2048), or one of ${KEY_ALGORITHMS.join(", ")}`,
  vocabulary: /^(RSA|EC)_\w{1,20}$/i,
};

const TRANSPARENCY: Expectation = {
  accepts: (value) => value === "ENABLED",
  allowed: 'left out, or "ENABLED": browsers refuse certificates that are in no transparency log',
  vocabulary: /^(ENABLED|DISABLED)$/i,
};

const WILDCARD = /^\s*\*/;

/** ACM takes RSA keys of 1024 bits where somebody brings them along. */
const LEAST_RSA_BITS = 2048;
const IMPORTED_FIX = `a certificate whose key has at least ${LEAST_RSA_BITS} bits; or let ACM issue one: ${CERTIFICATE_FIX}`;

/** Certificates that ACM issues or that are imported, and the further ones of listeners. */
export const certificates = resourceRule({
  id: "certificates",
  area: "tls",
  title: "Certificates renew themselves and are strong",
  severity: "medium",
  level: "resource",
  description:
    "Certificates have strong keys, and those that ACM issues are validated by DNS, stand in transparency logs and " +
    "name no wildcard. Others expire for want of an answered e-mail, can be forged unnoticed, or open every name " +
    "under a domain to whoever gets hold of one key.",
  advises: "wildcards, validation by e-mail, and certificates that stand in no transparency log",
  remedy: `Certificate: ${CERTIFICATE_FIX}. Listener certificate: ${LISTENER_CERTIFICATE_FIX}.`,
  references: [
    {
      label: "ACM.2",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/acm-controls.html#acm-2",
    },
    {
      label: "ACM DNS validation",
      url: "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html",
    },
    {
      label: "ACM best practices",
      url: "https://docs.aws.amazon.com/acm/latest/userguide/acm-bestpractices.html",
    },
  ],
  settings: {
    allowWildcards: booleanSetting(false, "Whether certificates may name wildcards, such as *.example.com."),
  },
  types: [...CERTIFICATE, ...SERVER_CERTIFICATE, ...LISTENER_CERTIFICATE],
  judge(resource, { allowWildcards }) {
    if (isOf(LISTENER_CERTIFICATE, resource)) return judgeListenerCertificate(resource);
    // What is imported is somebody else's to validate and to renew.
    if (
      isOf(SERVER_CERTIFICATE, resource) ||
      ["certificateBody", "privateKey", "privateKeyWo"].some((part) => isGiven(resource, part))
    ) {
      return violations([importedKeyProblem(resource)], IMPORTED_FIX);
    }
    return [
      ...violations([optional(resource, ["keyAlgorithm"], KEY)], CERTIFICATE_FIX),
      ...advice(
        [...issueProblems(resource), ...(allowWildcards ? [] : nameProblems(resource))],
        CERTIFICATE_FIX,
      ),
    ];
  },
});

/** A body that is not known yet passes: `up` asks again when it is, before anything is imported. */
function importedKeyProblem(certificate: Subject): string | undefined {
  const body = read(certificate.props, ["certificateBody"]);
  const bits = body.kind === "known" && typeof body.value === "string" ? rsaBits(body.value) : undefined;
  if (bits === undefined || bits >= LEAST_RSA_BITS) return undefined;
  return `certificateBody has an RSA key of ${bits} bits; it must have at least ${LEAST_RSA_BITS}`;
}

/** The length of a certificate's RSA key; undefined for other keys, and for what is no certificate: AWS says so. */
function rsaBits(pem: string): number | undefined {
  try {
    return new X509Certificate(pem).publicKey.asymmetricKeyDetails?.modulusLength;
  } catch {
    return undefined;
  }
}

/** An empty text counts as left out, as it does for the AWS provider. */
function isGiven(resource: Subject, property: string): boolean {
  const reading = read(resource.props, [property]);
  return reading.kind === "unknown" || (reading.kind === "known" && reading.value !== "");
}

function optional(
  { props }: Subject,
  path: readonly [string, ...string[]],
  expected: Expectation,
): string | undefined {
  const reading = read(props, path);
  return reading.kind === "absent" ? undefined : problem(path.join("."), reading, expected);
}

function issueProblems(certificate: Subject): (string | undefined)[] {
  // A private authority knows its owner without validation, and its certificates stand in no public log.
  if (isGiven(certificate, "certificateAuthorityArn")) return [];
  return [
    problem("validationMethod", read(certificate.props, ["validationMethod"]), VALIDATION),
    optional(certificate, ["options", "certificateTransparencyLoggingPreference"], TRANSPARENCY),
  ];
}

/** Names that are not known yet pass: `up` asks again when they are, before the certificate is requested. */
function nameProblems(certificate: Subject): (string | undefined)[] {
  const others = readList(certificate.props, ["subjectAlternativeNames"]);
  const names: readonly (readonly [string, Reading])[] = [
    ["domainName", read(certificate.props, ["domainName"])],
    ...(isList(others)
      ? others.map((name, index) => [`subjectAlternativeNames[${index}]`, name] as const)
      : [["subjectAlternativeNames", others] as const]),
  ];
  return names.map(([label, name]) => {
    if (name.kind !== "known" || typeof name.value !== "string" || !WILDCARD.test(name.value))
      return undefined;
    return `${label} begins with "*"; it must be a name without a wildcard, or the setting allowWildcards true`;
  });
}

function judgeListenerCertificate(resource: Subject): Violation[] {
  const problems = ["listenerArn", "certificateArn"].map((property) => {
    const reading = read(resource.props, [property]);
    if (reading.kind === "unknown") return undefined;
    return problem(property, reading, {
      accepts: (value) => typeof value === "string" && value !== "",
      allowed: "an ARN",
    });
  });
  return violations(problems, LISTENER_CERTIFICATE_FIX);
}
