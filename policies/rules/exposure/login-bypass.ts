import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import { LISTENER, LISTENER_RULE } from "../../resources";
import { stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { referenceKey, text, wholeNumber } from "../refused-by-aws/known";

const FIX =
  '{ priority: 20 } for the rule without a login, so that it comes after the one with it, or narrower conditions: pathPattern: { values: ["/products/*"] }';

/**
 * Listener rules, in their order before each other and before the default actions. Some programs bypass a login on
 * purpose.
 */
export const loginBypass = stackRule({
  id: "login-bypass",
  area: "exposure",
  title: "No rule bypasses the login of another",
  severity: "high",
  enforcementLevel: "advisory",
  level: "stack",
  description:
    "No listener rule forwards all requests meant for a later rule, or for default actions, that requires a login or a token. " +
    "The first matching rule decides, so the earlier one would let everybody in.",
  remedy: FIX,
  references: [
    {
      label: "Rule priority",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
    },
    {
      label: "Authenticate users",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html",
    },
  ],
  judge(stack) {
    const follow = stack.to(LISTENER);
    const rules = stack
      .ofTypes(LISTENER_RULE)
      .map((rule) => ({
        rule,
        listener: referenceKey(rule, "listenerArn", follow),
        priority: wholeNumber(read(rule.props, ["priority"])),
        actions: actionsOf(rule, "actions"),
        conditions: conditionsOf(rule),
        called: `rule "${rule.name}" of priority ${wholeNumber(read(rule.props, ["priority"]))}, which requires a login`,
      }));
    const defaults = stack
      .ofTypes(LISTENER)
      .map((listener) => ({
        listener: listener.urn,
        priority: Infinity,
        actions: actionsOf(listener, "defaultActions"),
        conditions: [],
        called: "the listener's default actions, which require a login",
      }));
    return rules
      .filter(({ actions }) => actions === "forwards")
      .flatMap((open) => {
        const passed = [...rules, ...defaults].find(
          (other) =>
            other.actions === "asks" &&
            other.listener !== undefined &&
            other.listener === open.listener &&
            (open.priority ?? Infinity) < (other.priority ?? -Infinity) &&
            takesAll(open.conditions, other.conditions),
        );
        if (passed === undefined) return [];
        const problem = `It has priority ${open.priority}, matches all requests of ${passed.called}, and requires no login; it must come after that rule, or have narrower conditions`;
        return violations([problem], FIX, open.rule.urn);
      });
  },
});

/** Whether a rule requires a login, forwards without one, or does neither. A login that is optional counts as none. */
function actionsOf(
  { props }: StackSubject,
  key: "actions" | "defaultActions",
): "asks" | "forwards" | undefined {
  const actions = readList(props, [key]);
  if (!isList(actions)) return undefined;
  const known = actions.map((action) => (action.kind === "known" ? action.value : undefined));
  if (known.includes(undefined)) return undefined;
  if (known.some(asks)) return "asks";
  return known.some((action) => text(read(action, ["type"])) === "forward") ? "forwards" : undefined;
}

function asks(action: unknown): boolean {
  const type = text(read(action, ["type"]));
  if (type === "jwt-validation") return true;
  const settings =
    type === "authenticate-oidc"
      ? "authenticateOidc"
      : type === "authenticate-cognito"
        ? "authenticateCognito"
        : undefined;
  return settings !== undefined && text(read(action, [settings, "onUnauthenticatedRequest"])) !== "allow";
}

/** The values of a condition on host or path; `other` for another kind of condition, or one that is not known. */
type Condition =
  { readonly of: "host" | "path"; readonly values: readonly string[] } | { readonly of: "other" };

function conditionsOf({ props }: StackSubject): readonly Condition[] {
  const conditions = readList(props, ["conditions"]);
  if (!isList(conditions)) return [{ of: "other" }];
  return conditions.flatMap((condition): Condition[] => {
    const value = condition.kind === "known" ? condition.value : undefined;
    if (typeof value !== "object" || value === null) return [{ of: "other" }];
    return Object.keys(value)
      .filter((key) => read(value, [key]).kind !== "absent")
      .map((key): Condition => {
        const values = patternsOf(readList(value, [key, "values"]));
        if (values === undefined) return { of: "other" };
        if (key === "hostHeader") return { of: "host", values: values.map((host) => host.toLowerCase()) };
        return key === "pathPattern" ? { of: "path", values } : { of: "other" };
      });
  });
}

function patternsOf(values: ReturnType<typeof readList>): string[] | undefined {
  if (!isList(values) || values.length === 0) return undefined;
  const texts = values.flatMap((value: Reading) => text(value) ?? []);
  return texts.length === values.length ? texts : undefined;
}

/** Whether every request that matches one rule's conditions also matches those of the open rule. */
function takesAll(open: readonly Condition[], other: readonly Condition[]): boolean {
  return open.every(
    (condition) =>
      condition.of !== "other" &&
      (condition.values.some((value) => EVERYTHING[condition.of].includes(value)) ||
        other.some(
          (narrow) =>
            narrow.of === condition.of &&
            narrow.values.every((value) => condition.values.some((outer) => covers(outer, value))),
        )),
  );
}

const EVERYTHING = { host: ["*"], path: ["*", "/*"] };

/**
 * Whether every text that matches a pattern also matches the outer pattern. A star in the pattern is matched only by a
 * star in the outer one. A regular expression would take too long for many wildcards.
 */
function covers(outer: string, pattern: string): boolean {
  // Whether the outer pattern, up to each position, matches the part of the other pattern read so far.
  let matches = Array.from({ length: outer.length + 1 }, (_, end) => /^\**$/.test(outer.slice(0, end)));
  for (const character of pattern) {
    const next = [false];
    for (let end = 1; end <= outer.length; end++) {
      const last = outer[end - 1];
      const isSame = last === character || (last === "?" && character !== "*");
      next.push(
        last === "*" ? matches[end] === true || next[end - 1] === true : isSame && matches[end - 1] === true,
      );
    }
    matches = next;
  }
  return matches[outer.length] === true;
}
