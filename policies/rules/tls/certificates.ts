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
 * The key algorithms that are strong enough, by ACM's names. ACM also accepts RSA_1024 for imported certificates.
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
  allowed: '"DNS", which ACM repeats automatically at each renewal',
  vocabulary: /^(DNS|EMAIL|HTTP|NONE)$/i,
};

const KEY: Expectation = {
  accepts: (value) => typeof value === "string" && KEY_ALGORITHMS.includes(value),
  allowed: `left out (RSA_2048), or one of ${KEY_ALGORITHMS.join(", ")}`,
  vocabulary: /^(RSA|EC)_\w{1,20}$/i,
};

const TRANSPARENCY: Expectation = {
  accepts: (value) => value === "ENABLED",
  allowed: 'left out, or "ENABLED", as browsers refuse certificates that are in no transparency log',
  vocabulary: /^(ENABLED|DISABLED)$/i,
};

const WILDCARD = /^\s*\*/;

/** ACM accepts RSA keys of 1024 bits in imported certificates. */
const LEAST_RSA_BITS = 2048;
const IMPORTED_FIX = `a certificate whose key has at least ${LEAST_RSA_BITS} bits; or let ACM issue one: ${CERTIFICATE_FIX}`;

/** Certificates that ACM issues, imported certificates, and additional certificates of listeners. */
export const certificates = resourceRule({
  id: "certificates",
  area: "tls",
  title: "Certificates renew automatically and have strong keys",
  severity: "medium",
  level: "resource",
  description:
    "Certificates have strong keys, and those that ACM issues are validated by DNS, recorded in transparency logs and " +
    "without wildcards. Other certificates expire if nobody answers an e-mail, can be forged unnoticed, or expose every name " +
    "under a domain if one key leaks.",
  advises: "wildcards, validation by e-mail, and certificates that are in no transparency log",
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
    allowWildcards: booleanSetting(
      false,
      "Whether certificates may contain wildcards, such as *.example.com.",
    ),
  },
  types: [...CERTIFICATE, ...SERVER_CERTIFICATE, ...LISTENER_CERTIFICATE],
  judge(resource, { allowWildcards }) {
    if (isOf(LISTENER_CERTIFICATE, resource)) return judgeListenerCertificate(resource);
    // Somebody else validates and renews an imported certificate.
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

/** An unknown body passes: `up` judges it again when it is known, before anything is imported. */
function importedKeyProblem(certificate: Subject): string | undefined {
  const body = read(certificate.props, ["certificateBody"]);
  const bits = body.kind === "known" && typeof body.value === "string" ? rsaBits(body.value) : undefined;
  if (bits === undefined || bits >= LEAST_RSA_BITS) return undefined;
  return `certificateBody has an RSA key of ${bits} bits; it must have at least ${LEAST_RSA_BITS}`;
}

/**
 * The length of a certificate's RSA key; undefined for other keys, and for text that is not a certificate, which AWS
 * refuses.
 */
function rsaBits(pem: string): number | undefined {
  try {
    return new X509Certificate(pem).publicKey.asymmetricKeyDetails?.modulusLength;
  } catch {
    return undefined;
  }
}

/** An empty string counts as not set, as it does for the AWS provider. */
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
  // Certificates of a private authority need no validation and are in no public log.
  if (isGiven(certificate, "certificateAuthorityArn")) return [];
  return [
    problem("validationMethod", read(certificate.props, ["validationMethod"]), VALIDATION),
    optional(certificate, ["options", "certificateTransparencyLoggingPreference"], TRANSPARENCY),
  ];
}

/** Unknown names pass: `up` judges them again when they are known, before the certificate is requested. */
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
    return `${label} begins with "*"; it must be a name without a wildcard, or the setting allowWildcards must be true`;
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
