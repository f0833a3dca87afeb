import assert from "node:assert/strict";

import { LISTENER, LISTENER_RULE } from "../../../../policies/resources";
import { packForSuite, type TestResource, UNKNOWN, urnOf } from "../../../support/pack";

const LOGIN = { type: "authenticate-cognito", order: 1, authenticateCognito: { userPoolClientId: "shop" } };
const FORWARD = { type: "forward", targetGroupArn: "arn" };
const listener: TestResource = { type: LISTENER[0], name: "https", props: { arn: UNKNOWN } };

/** A rule of the listener for some paths. */
const rule = (
  name: string,
  priority: number,
  values: readonly string[],
  actions: readonly object[],
): TestResource => ({
  ...{ type: LISTENER_RULE[0], name },
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
    // What a regular expression with as many stars takes hours for.
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
});
