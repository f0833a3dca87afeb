import assert from "node:assert/strict";

import { LISTENER, LISTENER_RULE } from "../../../../policies/resources";
import { packForSuite, type TestResource, UNKNOWN, urnOf } from "../../../support/pack";
import type { Props } from "../../../support/rule-suite";

const LOGIN = { type: "authenticate-cognito", order: 1, authenticateCognito: { userPoolClientId: "shop" } };
const FORWARD = { type: "forward", targetGroupArn: "arn" };
const listener: TestResource = { type: LISTENER[0], name: "https", props: { arn: UNKNOWN } };

/** A rule of the listener for certain paths. */
const rule = (
  name: string,
  priority: number,
  values: readonly string[],
  actions: readonly object[],
): TestResource => ({
  type: LISTENER_RULE[0],
  name,
  props: { listenerArn: UNKNOWN, priority, conditions: [{ pathPattern: { values } }], actions },
  propertyDependencies: { listenerArn: [urnOf(listener)] },
});

describe("login-bypass", () => {
  const pack = packForSuite({ directory: "policies" });
  const told = async (open: readonly string[], protectedPaths: readonly string[]): Promise<number> => {
    const rules = [rule("open", 10, open, [FORWARD]), rule("account", 20, protectedPaths, [LOGIN, FORWARD])];
    const { findings } = await pack().analyzeStack([listener, ...rules]);
    return findings.filter(({ policy }) => policy === "login-bypass").length;
  };

  for (const { open, closed, passes } of [
    { open: ["/account/*"], closed: ["/account/orders/*"], passes: true },
    { open: ["*"], closed: ["/account/*"], passes: true },
    { open: ["/a*t/*"], closed: ["/account/*"], passes: true },
    { open: ["/account/?"], closed: ["/account/1"], passes: true },
    { open: ["/account/?"], closed: ["/account/*"], passes: false },
    { open: ["/account"], closed: ["/account/*"], passes: false },
    { open: ["*.css"], closed: ["/account/*"], passes: false },
    { open: ["/x", "/account/*"], closed: ["/account/a", "/x"], passes: true },
    { open: ["/account/*"], closed: ["/account/a", "/x"], passes: false },
    // A regular expression with as many wildcards takes hours for this.
    { open: ["/*a*a*a*a*a*a*a*a*b"], closed: [`/${"a".repeat(120)}`], passes: false },
  ])
    it(`${passes ? "advises against" : "passes"} ${open.join(", ")} before a login for ${closed.join(", ").slice(0, 40)}`, async () => {
      assert.equal(await told(open, closed), passes ? 1 : 0);
    });

  for (const { open, passes } of [
    { open: ["/*"], passes: true },
    { open: ["/healthz", "*"], passes: true },
    { open: ["/public/*"], passes: false },
  ])
    it(`${passes ? "advises against" : "passes"} ${open.join(", ")} before a login that the listener asks for by default`, async () => {
      const asking = { ...listener, props: { ...listener.props, defaultActions: [LOGIN, FORWARD] } };
      const { findings } = await pack().analyzeStack([asking, rule("open", 10, open, [FORWARD])]);
      const found = findings.filter(({ policy }) => policy === "login-bypass");
      assert.equal(found.length, passes ? 1 : 0);
      for (const { message } of found)
        assert.match(message, /all requests of the listener's default actions/);
    });

  const path = (...values: readonly string[]) => ({ pathPattern: { values } });
  const host = (...values: readonly string[]) => ({ hostHeader: { values } });
  const oidc = (onUnauthenticatedRequest?: string) => ({
    type: "authenticate-oidc",
    authenticateOidc: { clientId: "shop", ...(onUnauthenticatedRequest && { onUnauthenticatedRequest }) },
  });
  const cognito = (onUnauthenticatedRequest: string) => ({
    type: "authenticate-cognito",
    authenticateCognito: { onUnauthenticatedRequest },
  });

  /** The differences from the base case: a rule for all paths that forwards, before a login for some paths. */
  const CASES: readonly (readonly [title: string, open: Props, closed: Props, passes: boolean])[] = [
    ["before a login", {}, {}, true],
    ["without conditions", { conditions: [] }, {}, true],
    ["whose other conditions are null", { conditions: [{ hostHeader: null, ...path("/*") }] }, {}, true],
    ["for no host", { conditions: [host()] }, { conditions: [host()] }, false],
    // Actions that require a login, and actions that forward.
    ["before a check of tokens", {}, { actions: [{ type: "jwt-validation" }, FORWARD] }, true],
    ["before a login by OIDC", {}, { actions: [oidc(), FORWARD] }, true],
    ["before one that denies", {}, { actions: [oidc("deny"), FORWARD] }, true],
    ["before one by OIDC that lets all pass", {}, { actions: [oidc("allow"), FORWARD] }, false],
    ["before one by Cognito that lets all pass", {}, { actions: [cognito("allow"), FORWARD] }, false],
    ["by one that lets all pass", { actions: [oidc("allow"), FORWARD] }, {}, true],
    ["before no login", {}, { actions: [FORWARD] }, false],
    ["before an action that is unknown", {}, { actions: [LOGIN, UNKNOWN] }, false],
    ["before actions that are unknown", {}, { actions: UNKNOWN }, false],
    ["that asks for a login itself", { actions: [LOGIN, FORWARD] }, {}, false],
    ["that redirects", { actions: [{ type: "redirect" }] }, {}, false],
    ["with an action that is unknown", { actions: [FORWARD, UNKNOWN] }, {}, false],
    // The order of the rules.
    ["behind the login", { priority: 30 }, {}, false],
    ["of a priority that is unknown", { priority: UNKNOWN }, {}, false],
    ["before a login of unknown priority", {}, { priority: UNKNOWN }, false],
    // The requests that match.
    [
      "for hosts in another spelling",
      { conditions: [host("A.example")] },
      { conditions: [host("a.EXAMPLE")] },
      true,
    ],
    ["for paths in another spelling", { conditions: [path("/A")] }, { conditions: [path("/a")] }, false],
    ["for all hosts", { conditions: [host("*")] }, {}, true],
    ["for a host, as a path", { conditions: [host("/*")] }, {}, false],
    ["for a host, before paths", { conditions: [host("account")] }, { conditions: [path("account")] }, false],
    ["for some paths, before hosts", { conditions: [path("/a")] }, { conditions: [host("/a")] }, false],
    ["for two conditions, of which one narrows", { conditions: [path("*"), host("a")] }, {}, false],
    [
      "for one condition of two",
      { conditions: [path("/a*")] },
      { conditions: [host("a"), path("/ab")] },
      true,
    ],
    ["for some addresses", { conditions: [{ sourceIp: { values: ["*"] } }] }, {}, false],
    ["for conditions that are unknown", { conditions: UNKNOWN }, {}, false],
    ["for a condition that is unknown", { conditions: [UNKNOWN] }, {}, false],
    ["for values that are unknown", { conditions: [{ pathPattern: { values: UNKNOWN } }] }, {}, false],
    ["for a value that is unknown", { conditions: [path("*", UNKNOWN)] }, {}, false],
    ["for no value", { conditions: [path()] }, {}, false],
    [
      "before paths of which one is unknown",
      { conditions: [path("/a")] },
      { conditions: [path("/a", UNKNOWN)] },
      false,
    ],
    // The listener of the rule.
    ["of another listener", { listenerArn: "arn:1" }, {}, false],
    ["of the same foreign listener", { listenerArn: "arn:1" }, { listenerArn: "arn:1" }, true],
    ["of listeners that are unknown", { listenerArn: UNKNOWN }, { listenerArn: UNKNOWN }, false],
  ];
  for (const [title, open, closed, passes] of CASES)
    it(`${passes ? "advises against" : "passes"} a rule ${title}`, async () => {
      const changed = (one: TestResource, props: Props): TestResource => ({
        ...one,
        props: { ...one.props, ...props },
        propertyDependencies: "listenerArn" in props ? {} : one.propertyDependencies!,
      });
      const { findings } = await pack().analyzeStack([
        listener,
        changed(rule("open", 10, ["/*"], [FORWARD]), open),
        changed(rule("account", 20, ["/account/*"], [LOGIN, FORWARD]), closed),
      ]);
      const found = findings.filter(({ policy }) => policy === "login-bypass");
      assert.equal(found.length, passes ? 1 : 0);
      for (const { message } of found) {
        assert.match(
          message,
          /It has priority 10, matches all requests of rule "account" of priority 20, which requires a login, and requires no login; it must come after that rule, or have narrower conditions\./,
        );
        assert.match(message, /^Fix: .*priority/m);
      }
    });
});
