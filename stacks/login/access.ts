import type { UnauthenticatedRequest } from "../../components/load-balancer/authentication";
import { coversAll, overlapsAny } from "../routes/patterns";
import type { Settings } from "../settings/schema";

/** What a request must present, according to the settings. */
export interface AccessChoice {
  readonly type: "public" | "login" | "token";
  /** How requests of visitors who have not signed in are handled; for `login` only. */
  readonly onUnauthenticatedRequest: UnauthenticatedRequest;
}

/** The fields of a route or an application that decide who gets access. */
export type AccessRule = Pick<
  Settings["routes"][string],
  "priority" | "hosts" | "paths" | "access" | "onUnauthenticatedRequest"
>;

/** Whether any visitors sign in at the load balancer. */
export function hasLogin({ login: { oidc, cognito } }: Settings): boolean {
  return oidc !== undefined || cognito !== undefined;
}

/** Whether the load balancer sends requests to an identity provider, for logins or for the keys that sign tokens. */
export function asksProvider(settings: Settings): boolean {
  return hasLogin(settings) || settings.login.jwt !== undefined;
}

/**
 * Who gets access through a route or an application, or through neither. With a login, everybody needs it unless a rule
 * says otherwise.
 *
 * @param rule - undefined for requests that no rule matches
 */
export function accessOf(
  settings: Settings,
  rule?: Pick<AccessRule, "access" | "onUnauthenticatedRequest">,
): AccessChoice {
  return {
    type: rule?.access ?? (hasLogin(settings) ? "login" : "public"),
    onUnauthenticatedRequest: rule?.onUnauthenticatedRequest ?? settings.login.onUnauthenticatedRequest,
  };
}

/** Whether requests get through without a login or token. */
export function isOpen({ type, onUnauthenticatedRequest }: AccessChoice): boolean {
  return type === "public" || (type === "login" && onUnauthenticatedRequest === "allow");
}

/** The routes and applications, in the order in which the load balancer evaluates them. */
export function rulesInOrder({
  routes,
  applications,
}: Settings): { readonly at: string; readonly rule: AccessRule }[] {
  const placed = (of: string, rules: Readonly<Record<string, AccessRule>>) =>
    Object.entries(rules).map(([name, rule]) => ({ at: `${of}.${name}`, rule }));
  return [...placed("routes", routes), ...placed("applications", applications)].sort(
    (one, other) => one.rule.priority - other.rule.priority,
  );
}

/**
 * Whether every request for a path pattern, whatever its host, gets through without a login or token.
 *
 * @param pattern - pattern with `*` and `?`, as in listener rules
 */
export function isOpenPath(settings: Settings, pattern: string): boolean {
  for (const { rule } of rulesInOrder(settings)) {
    const open = isOpen(accessOf(settings, rule));
    if (rule.hosts.length === 0 && coversAll(rule.paths, [pattern])) return open;
    if (!open && overlapsAny(rule.paths, [pattern])) return false;
  }
  return isOpen(accessOf(settings));
}
