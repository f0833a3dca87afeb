import { constraints as application } from "../application/constraints";
import { constraints as balancer } from "../balancer/constraints";
import { constraints as fleet } from "../fleet/constraints";
import { tooManyForARefresh } from "../monitoring/constraints";
import { meetsName } from "../routes/patterns";
import type { Settings } from "../settings/schema";
import { constraints as telemetry } from "../telemetry/constraints";
import { type Constraint, type Violation, violationsOf } from "../settings/constraint";
import { OWN_GROUPS, settingsOf } from "./derive";

/** The constraints of the store's own application, which apply to every other. */
const OF_EACH: readonly Constraint[] = [
  ...balancer,
  ...fleet,
  ...application,
  ...telemetry,
  tooManyForARefresh,
];

/** Constraints of further applications behind the store's load balancer. `routes` has those of their rules. */
export const constraints: readonly Constraint[] = [
  ...OF_EACH.map(
    (constraint): Constraint =>
      (settings) =>
        Object.keys(settings.applications).flatMap((name) =>
          violationsOf([(all) => constraint(settingsOf(all, name))], settings, [])
            .filter(({ at }) => isOwn(at))
            .map((violation) => placedIn(name, violation)),
        ),
  ),
  hostsWithoutCertificate,
];

/** Whether a violation concerns an application's own settings; the store's have been judged already. */
function isOwn(at: string): boolean {
  return OWN_GROUPS.some((group) => at === group || at.startsWith(`${group}.`));
}

/** Matches the places in a violation that name a field of a group that applications have. */
const OWN_FIELDS = new RegExp(`(?<![\\w.])(?=(${OWN_GROUPS.join("|")})\\.[A-Za-z])`, "g");

/** A violation in an application's own settings, with the path among the store's settings. */
function placedIn(name: string, { at, allowed, remedy }: Violation): Violation {
  const own = `applications.${name}.`;
  const placed = (text: string): string => text.replace(OWN_FIELDS, own);
  return { at: placed(at), allowed: placed(allowed), remedy: placed(remedy) };
}

/**
 * Browsers refuse hosts without a certificate. For a pattern, one host that the certificate covers is enough. What
 * `certificate.arn` covers is not known here.
 */
function hostsWithoutCertificate({ applications, certificate, domainName }: Settings): Violation[] {
  if (certificate.arn !== undefined) return [];
  const covered = [domainName, ...certificate.subjectAlternativeNames];
  return Object.entries(applications).flatMap(([name, { hosts }]) =>
    hosts.flatMap((host, index): Violation[] =>
      covered.some((one) => meetsName(host.toLowerCase(), one))
        ? []
        : [
            {
              at: `applications.${name}.hosts[${index}]`,
              allowed: `${/[*?]/.test(host) ? "a pattern that matches a name" : "a name"} that the certificate covers: ${covered.join(", ")}`,
              remedy: remedyFor(host),
            },
          ],
    ),
  );
}

function remedyFor(host: string): string {
  const list = "certificate.subjectAlternativeNames";
  if (!/[*?]/.test(host)) return `add ${host} to ${list}, which also creates its DNS record`;
  return /^\*\.[^*?]+$/.test(host)
    ? `add ${host} to ${list}, and point it to the store in DNS yourself; or add names that it matches, whose records the stack creates`
    : `add names that it matches to ${list}, which also creates their DNS records`;
}
