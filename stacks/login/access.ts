import type { UnauthenticatedRequest } from "../../components/load-balancer/authentication";
import { coversAll, overlapsAny } from "../routes/patterns";
import type { Settings } from "../settings";

/** What a request has to show, as settings say it. */
export interface AccessChoice {
  readonly type: "public" | "login" | "token";
  /** Of somebody who has not signed in; with `login` alone. */
  readonly onUnauthenticatedRequest: UnauthenticatedRequest;
}

/** A route or an application, as far as it decides who gets in. */
export type AccessRule = Pick<
  Settings["routes"][string],
  "priority" | "hosts" | "paths" | "access" | "onUnauthenticatedRequest"
>;

/** Whether visitors sign in at the load balancer, all of them or some. */
export function hasLogin({ login: { oidc, cognito } }: Settings): boolean {
  return oidc !== undefined || cognito !== undefined;
}

/** Whether the load balancer asks an identity provider: who visitors are, or which keys sign tokens. */
export function asksProvider(settings: Settings): boolean {
  return hasLogin(settings) || settings.login.jwt !== undefined;
}

/**
 * Who gets in by a route or an application, or by neither: where there is a login, nobody without it, unless a rule says so.
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

/** Whether requests get through without anything to show. */
export function isOpen({ type, onUnauthenticatedRequest }: AccessChoice): boolean {
  return type === "public" || (type === "login" && onUnauthenticatedRequest === "allow");
}

/** The routes and applications, in the order in which the load balancer asks them. */
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
 * Whether every request for a path pattern, whatever its host, gets through without anything to show.
 *
 * @param pattern - with `*` and `?` as listener rules have them
 */
export function isOpenPath(settings: Settings, pattern: string): boolean {
  for (const { rule } of rulesInOrder(settings)) {
    const open = isOpen(accessOf(settings, rule));
    if (rule.hosts.length === 0 && coversAll(rule.paths, [pattern])) return open;
    if (!open && overlapsAny(rule.paths, [pattern])) return false;
  }
  return isOpen(accessOf(settings));
}
