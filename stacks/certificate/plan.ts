import { validationDomains } from "../../components/certificate/certificate";
import type { Settings } from "../settings/schema";

/**
 * Maximum number of names on one certificate, by ACM's default quota.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
 */
export const NAMES_ON_ONE = 10;

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
