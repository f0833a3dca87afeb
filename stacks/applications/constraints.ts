import { constraints as application } from "../application";
import { constraints as balancer } from "../balancer";
import { constraints as fleet } from "../fleet";
import { tooManyForARefresh } from "../monitoring/constraints";
import { meetsName } from "../routes/patterns";
import type { Settings } from "../settings";
import { constraints as telemetry } from "../telemetry/constraints";
import { type Constraint, type Violation, violationsOf } from "../settings/constraint";
import { OWN_GROUPS, settingsOf } from "./derive";

/** What holds for a store's own application holds for every other. */
const OF_EACH: readonly Constraint[] = [
  ...balancer,
  ...fleet,
  ...application,
  ...telemetry,
  tooManyForARefresh,
];

/** Further applications behind the store's load balancer. What their rules have to satisfy is for `routes` to say. */
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

/** Whether a violation is an application's: the store's settings have been judged already. */
function isOwn(at: string): boolean {
  return OWN_GROUPS.some((group) => at === group || at.startsWith(`${group}.`));
}

/** Where a violation names a field of a group that an application has of its own. */
const OWN_FIELDS = new RegExp(`(?<![\\w.])(?=(${OWN_GROUPS.join("|")})\\.[A-Za-z])`, "g");

/** A violation of an application's own settings, at their place among the store's. */
function placedIn(name: string, { at, allowed, remedy }: Violation): Violation {
  const own = `applications.${name}.`;
  const placed = (text: string): string => text.replace(OWN_FIELDS, own);
  return { at: placed(at), allowed: placed(allowed), remedy: placed(remedy) };
}

/**
 * Browsers would refuse them. Of a pattern, one host that the certificate covers is enough. What a certificate of somebody
 * else's covers, only its owner knows.
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
  if (!/[*?]/.test(host)) return `add ${host} to ${list}, which makes its record in DNS, too`;
  return /^\*\.[^*?]+$/.test(host)
    ? `add ${host} to ${list}, and lead it to the store in DNS yourself; or add names that it stands for, whose records the stack makes`
    : `add names that it stands for to ${list}, which makes their records in DNS, too`;
}
