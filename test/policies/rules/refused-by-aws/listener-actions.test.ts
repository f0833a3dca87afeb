import assert from "node:assert/strict";
import fc from "fast-check";
import { LISTENER, LISTENER_RULE } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import type { Props } from "../../../support/policy-cases";
import { RuleSuite } from "./cases";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067";
const acts = (...defaultActions: unknown[]): Props => ({ defaultActions });
const forwards = (...targetGroups: unknown[]): Props => acts({ type: "forward", forward: { targetGroups } });
const redirects = (redirect: unknown): Props => acts({ type: "redirect", redirect });
const answers = (fixedResponse: unknown): Props => acts({ type: "fixed-response", fixedResponse });

describe("listener-actions", () => {
  const suite = new RuleSuite("listener-actions");
  suite.check(LISTENER[0], [
    { title: "passes one target group", props: acts({ type: "forward", targetGroupArn: UNKNOWN }), says: [] },
    {
      title: "passes two weighted target groups",
      props: forwards({ arn: UNKNOWN, weight: 0 }, { arn: UNKNOWN, weight: 999 }),
      says: [],
    },
    {
      title: "passes the same target group said both ways, as after a refresh",
      props: acts({ type: "forward", targetGroupArn: ARN, forward: { targetGroups: [{ arn: ARN }] } }),
      says: [],
    },
    {
      title: "passes both ways while one is unknown",
      props: acts({ type: "forward", targetGroupArn: ARN, forward: { targetGroups: [{ arn: UNKNOWN }] } }),
      says: [],
    },
    {
      title: "passes a redirect to HTTPS",
      props: redirects({ protocol: "HTTPS", port: "443", statusCode: "HTTP_301" }),
      says: [],
    },
    {
      title: "passes a redirect to an unknown host",
      props: redirects({ host: UNKNOWN, statusCode: "HTTP_302" }),
      says: [],
    },
    { title: "passes an unknown redirect", props: redirects(UNKNOWN), says: [] },
    {
      title: "passes a fixed response, secret or not",
      props: answers({ contentType: "text/plain", statusCode: "404", messageBody: secret("gone") }),
      says: [],
    },
    {
      title: "passes a code written as a number",
      props: answers({ contentType: "text/html", statusCode: 503 }),
      says: [],
    },
    { title: "passes unknown actions", props: { defaultActions: UNKNOWN }, says: [] },
    {
      title: "passes an unknown action and an unknown type",
      props: acts(UNKNOWN, { type: UNKNOWN }),
      says: [],
    },
    { title: "passes null and absent actions", props: { defaultActions: null }, says: [] },
    { title: "passes actions that are no list", props: { defaultActions: "forward" }, says: [] },
    {
      title: "passes unknown target groups",
      props: acts({ type: "forward", forward: { targetGroups: UNKNOWN } }),
      says: [],
    },
    {
      title: "passes a type in capitals, as the provider does",
      props: acts({ type: "FORWARD", targetGroupArn: ARN }),
      says: [],
    },

    {
      title: "refuses targetGroupArn beside several target groups",
      props: acts({
        type: "forward",
        targetGroupArn: UNKNOWN,
        forward: { targetGroups: [{ arn: UNKNOWN }, { arn: UNKNOWN }] },
      }),
      says: ["defaultActions[0].targetGroupArn and defaultActions[0].forward are both set"],
    },
    {
      title: "refuses targetGroupArn beside another target group",
      props: acts({ type: "forward", targetGroupArn: ARN, forward: { targetGroups: [{ arn: `${ARN}x` }] } }),
      says: ["are both set and differ"],
    },
    {
      title: "refuses six target groups",
      props: forwards(...Array.from({ length: 6 }, () => UNKNOWN)),
      says: ["has 6 elements"],
    },
    { title: "refuses no target group", props: forwards(), says: ["has 0 elements"] },
    {
      title: "refuses weights out of range, each apart",
      props: forwards({ arn: UNKNOWN, weight: -1 }, UNKNOWN, { arn: UNKNOWN, weight: 1000 }),
      says: ["targetGroups[0].weight is -1", "targetGroups[2].weight is 1000"],
    },
    {
      title: "refuses stickiness of more than a week",
      props: acts({
        type: "forward",
        forward: { targetGroups: [{ arn: UNKNOWN }], stickiness: { duration: 604_801, enabled: true } },
      }),
      says: ["forward.stickiness.duration is 604801"],
    },
    {
      title: "refuses a forward to nowhere",
      props: acts({ type: "forward" }),
      says: ["lacks targetGroupArn or forward"],
    },
    { title: "refuses a redirect without one", props: acts({ type: "redirect" }), says: ["lacks redirect"] },
    {
      title: "refuses an unheard-of type",
      props: acts({ type: "reject" }),
      says: ["defaultActions[0].type is another"],
    },
    {
      title: "refuses a type of the wrong type",
      props: acts({ type: ["forward"] }),
      says: ["type is a list"],
    },
    {
      title: "refuses a redirect that changes nothing but the query",
      props: redirects({ statusCode: "HTTP_301", query: "a=b", host: "#{host}" }),
      says: ["leads back to where it came from"],
    },
    {
      title: "refuses a redirect's fields that AWS does not know",
      props: redirects({ protocol: "https", port: "0", path: "shop", statusCode: "301" }),
      says: ['protocol is "https"', 'port is "0"', "path is another string", 'statusCode is "301"'],
    },
    {
      title: "refuses a fixed response's fields that AWS does not know",
      props: answers({ contentType: "text/xml", statusCode: "302", messageBody: "x".repeat(1025) }),
      says: ['statusCode is "302"', "contentType is another string", "messageBody is another string"],
    },
    {
      title: "refuses an order of 0 and does not let it mask the next action",
      props: acts({ type: "forward", targetGroupArn: ARN, order: 0 }, { type: "redirect" }),
      says: ["defaultActions[0].order is 0", "defaultActions[1] is of type"],
    },
  ]);

  for (const type of LISTENER) {
    suite.check(type, [{ title: `judges ${type}`, props: forwards(), says: ["has 0 elements"] }]);
  }
  for (const type of LISTENER_RULE) {
    suite.check(type, [
      { title: `judges ${type}`, props: { actions: [{ type: "forward" }] }, says: ["actions[0] is of type"] },
    ]);
  }

  it("takes weights from 0 to 999 and no other", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 997, max: 1002 })),
        async (weight) => {
          const faults = await suite.faultsOf({
            type: LISTENER[0],
            props: forwards({ arn: UNKNOWN, weight }),
          });
          assert.equal(faults.length === 0, weight >= 0 && weight <= 999);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("repeats no message body, which may be secret", async () => {
    const props = answers({ contentType: "text/plain", messageBody: secret("hunter2".repeat(200)) });
    assert.ok(!(await suite.faultsOf({ type: LISTENER[0], props })).join().includes("hunter2"));
  });
});
