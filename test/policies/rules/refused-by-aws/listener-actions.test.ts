import assert from "node:assert/strict";
import fc from "fast-check";
import { LISTENER, LISTENER_RULE } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067";
const FORWARD = { type: "forward", targetGroupArn: UNKNOWN };
const acts = (...defaultActions: unknown[]): Props => ({ defaultActions });
const forwards = (...targetGroups: unknown[]): Props => acts({ type: "forward", forward: { targetGroups } });
const redirects = (redirect: unknown): Props => acts({ type: "redirect", redirect });
const validates = (jwtValidation: Props): unknown => ({
  type: "jwt-validation",
  jwtValidation: {
    issuer: "https://login.example.com",
    jwksEndpoint: "https://login.example.com/keys",
    ...jwtValidation,
  },
});
const answers = (fixedResponse: unknown): Props => acts({ type: "fixed-response", fixedResponse });

describe("listener-actions", () => {
  const suite = RuleSuite.ofProse("listener-actions");
  suite.checkSentences(LISTENER[0], [
    { title: "passes one target group", props: acts({ type: "forward", targetGroupArn: UNKNOWN }), says: [] },
    {
      title: "passes two weighted target groups",
      props: forwards({ arn: UNKNOWN, weight: 0 }, { arn: UNKNOWN, weight: 999 }),
      says: [],
    },
    {
      title: "passes the same target group in both forms, as after a refresh",
      props: acts({ type: "forward", targetGroupArn: ARN, forward: { targetGroups: [{ arn: ARN }] } }),
      says: [],
    },
    {
      title: "passes both forms if one is unknown",
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
    { title: "passes actions that are not a list", props: { defaultActions: "forward" }, says: [] },
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

    ...[
      { type: "authenticate-cognito", authenticateCognito: UNKNOWN },
      { type: "authenticate-oidc", authenticateOidc: UNKNOWN },
      { type: "jwt-validation", jwtValidation: UNKNOWN },
      { type: "fixed-response", fixedResponse: UNKNOWN },
    ].map((action) => ({
      title: `passes ${action.type}`,
      props: action.type === "fixed-response" ? acts(action) : acts(action, FORWARD),
      says: [],
    })),
    {
      title: "passes actions in the order of their order numbers, whatever their positions",
      props: acts({ ...FORWARD, order: 2 }, { type: "jwt-validation", order: 1, jwtValidation: UNKNOWN }),
      says: [],
    },
    {
      title: "passes an unknown action that may be the final one",
      props: acts({ type: "jwt-validation", jwtValidation: UNKNOWN }, { type: UNKNOWN }),
      says: [],
    },
    ...["issuer", "authorizationEndpoint", "tokenEndpoint", "userInfoEndpoint"].map((field) => ({
      title: `refuses a login whose ${field} uses plain HTTP`,
      props: acts(
        { type: "authenticate-oidc", authenticateOidc: { [field]: "http://login.example.com/" } },
        FORWARD,
      ),
      says: [
        `defaultActions[0].authenticateOidc.${field} is another string (not shown, as it may be secret); it must be a full HTTPS URL`,
      ],
    })),
    {
      title: "passes tokens that it validates, known or not",
      props: acts(
        validates({
          additionalClaims: [
            { format: "space-separated-values", name: "scope", values: ["a", "b"] },
            { format: "single-string", name: "sub", values: ["a b"] },
            { format: UNKNOWN, name: UNKNOWN, values: UNKNOWN },
            UNKNOWN,
          ],
        }),
        FORWARD,
      ),
      says: [],
    },
    {
      title: "refuses keys over plain HTTP",
      props: acts(validates({ jwksEndpoint: "http://login.example.com/keys" }), FORWARD),
      says: [
        "defaultActions[0].jwtValidation.jwksEndpoint is another string (not shown, as it may be secret); " +
          "it must be a full HTTPS URL, of up to 256 characters",
      ],
    },
    {
      title: "refuses claims that AWS validates itself, too many claims, and several scopes in one value",
      props: acts(
        validates({
          additionalClaims: [
            { format: "single-string", name: "exp", values: ["1"] },
            { format: "string-array", name: "role", values: Array.from({ length: 11 }, String) },
            { format: "space-separated-values", name: "scope", values: ["a b"] },
            ...Array.from({ length: 8 }, () => UNKNOWN),
          ],
        }),
        FORWARD,
      ),
      says: [
        "defaultActions[0].jwtValidation.additionalClaims has 11 elements; AWS allows at most 10",
        'defaultActions[0].jwtValidation.additionalClaims[0].name is "exp"; it must not be one of exp, iss, nbf, iat, which AWS always validates',
        "defaultActions[0].jwtValidation.additionalClaims[1].values has 11 elements; AWS allows at most 10",
        'defaultActions[0].jwtValidation.additionalClaims[2].values has a value with a space, but format is "space-separated-values"; each word must be a value of its own',
      ],
    },
    {
      title: "refuses sign-in without a final action",
      props: acts({ type: "authenticate-oidc", authenticateOidc: UNKNOWN }),
      says: [
        "defaultActions has no action that routes requests; AWS requires one of forward, redirect, fixed-response",
      ],
    },
    {
      title: "refuses two final actions",
      props: acts(FORWARD, { type: "fixed-response", fixedResponse: UNKNOWN }),
      says: [
        'defaultActions[0] of type "forward" and defaultActions[1] of type "fixed-response" both route requests; ' +
          "AWS allows only one such action",
      ],
    },
    {
      title: "refuses a forward before sign-in, by position or by order",
      props: acts(FORWARD, { type: "authenticate-oidc", authenticateOidc: UNKNOWN }),
      says: [
        'defaultActions[0] of type "forward" comes before defaultActions[1] of type "authenticate-oidc"; it must be last',
      ],
    },
    {
      title: "refuses an order that puts forwarding first",
      props: acts({ type: "jwt-validation", order: 3, jwtValidation: UNKNOWN }, { ...FORWARD, order: 2 }),
      says: [
        'defaultActions[1] of type "forward" comes before defaultActions[0] of type "jwt-validation"; it must be last',
      ],
    },
    ...[
      ["authenticate-cognito", "authenticateCognito"],
      ["authenticate-oidc", "authenticateOidc"],
      ["jwt-validation", "jwtValidation"],
      ["fixed-response", "fixedResponse"],
    ].map(([type, property]) => ({
      title: `refuses ${type} without ${property}`,
      props: type === "fixed-response" ? acts({ type }) : acts({ type }, FORWARD),
      says: [`defaultActions[0] is of type "${type}", but lacks ${property}; AWS requires it`],
    })),
    ...[
      { protocol: "HTTP" },
      { protocol: "HTTPS" },
      { host: "shop.example.com" },
      { port: 65535 },
      { port: "1" },
      { path: "/x" },
      { path: UNKNOWN },
      { host: "h".repeat(128), path: `/${"p".repeat(127)}`, query: "q".repeat(128) },
      { protocol: "#{protocol}", host: "#{host}", port: "#{port}", path: "/shop" },
    ].map((redirect) => ({
      title: `passes a redirect to ${JSON.stringify(redirect).slice(0, 80)}`,
      props: redirects({ statusCode: "HTTP_302", ...redirect }),
      says: [],
    })),
    ...["text/plain", "text/css", "text/html", "application/javascript", "application/json"].map(
      (contentType) => ({
        title: `passes a fixed response of ${contentType}`,
        props: answers({ contentType, statusCode: "200", messageBody: "x".repeat(1024) }),
        says: [],
      }),
    ),
    {
      title: "passes the bounds of order and stickiness",
      props: acts(
        { type: "jwt-validation", order: 1, jwtValidation: UNKNOWN },
        {
          type: "forward",
          order: 50_000,
          forward: { targetGroups: [{ arn: ARN }], stickiness: { duration: 604_800 } },
        },
      ),
      says: [],
    },
    {
      title: "passes the shortest stickiness",
      props: acts({
        type: "forward",
        forward: { targetGroups: [{ arn: ARN }], stickiness: { duration: 1 } },
      }),
      says: [],
    },
    {
      title: "passes five target groups",
      props: forwards(...Array.from({ length: 5 }, () => UNKNOWN)),
      says: [],
    },
    {
      title: "refuses a stickiness of zero, and an order of 50,001",
      props: acts({
        type: "forward",
        order: 50_001,
        forward: { targetGroups: UNKNOWN, stickiness: { duration: 0 } },
      }),
      says: [
        "defaultActions[0].order is 50001; it must be a whole number from 1 to 50000",
        "defaultActions[0].forward.stickiness.duration is 0; it must be a whole number from 1 to 604800",
      ],
    },
    {
      title: "refuses texts longer than AWS allows, and values that are not texts",
      props: redirects({
        host: "h".repeat(129),
        path: `/${"p".repeat(128)}`,
        query: ["q"],
        port: 65536,
        statusCode: "HTTP_307",
      }),
      says: [
        'defaultActions[0].redirect.port is 65536; it must be a port from 1 to 65535, or "#{port}"',
        "defaultActions[0].redirect.host is another string (not shown, as it may be secret); it must be a string of up to 128 characters",
        'defaultActions[0].redirect.path is another string (not shown, as it may be secret); it must be a path that begins with "/", of up to 128 characters',
        "defaultActions[0].redirect.query is a list; it must be a string of up to 128 characters",
        'defaultActions[0].redirect.statusCode is "HTTP_307"; it must be "HTTP_301", "HTTP_302"',
      ],
    },
    ...["1404", "4040", "304"].map((statusCode) => ({
      title: `refuses a fixed response of ${statusCode}`,
      props: answers({ contentType: "text/plain", statusCode }),
      says: [
        `defaultActions[0].fixedResponse.statusCode is "${statusCode}"; it must be a code of 2xx, 4xx or 5xx`,
      ],
    })),
    {
      title: "refuses a redirect to itself with AWS's placeholders",
      props: redirects({
        protocol: "#{protocol}",
        host: "#{host}",
        port: "#{port}",
        path: "/#{path}",
        statusCode: "HTTP_301",
      }),
      says: ["defaultActions[0].redirect leads to the same URL; it must change protocol, host, port or path"],
    },
    { title: "passes a redirect that is not an object", props: redirects("elsewhere"), says: [] },
    {
      title: "refuses targetGroupArn beside several target groups",
      props: acts({
        type: "forward",
        targetGroupArn: UNKNOWN,
        forward: { targetGroups: [{ arn: UNKNOWN }, { arn: UNKNOWN }] },
      }),
      says: [
        "defaultActions[0].targetGroupArn and defaultActions[0].forward are both set and differ; AWS allows only one of them",
      ],
    },
    {
      title: "refuses targetGroupArn beside another target group",
      props: acts({ type: "forward", targetGroupArn: ARN, forward: { targetGroups: [{ arn: `${ARN}x` }] } }),
      says: [
        "defaultActions[0].targetGroupArn and defaultActions[0].forward are both set and differ; AWS allows only one of them",
      ],
    },
    {
      title: "refuses six target groups",
      props: forwards(...Array.from({ length: 6 }, () => UNKNOWN)),
      says: ["defaultActions[0].forward.targetGroups has 6 elements; AWS allows 1 to 5"],
    },
    {
      title: "refuses no target group",
      props: forwards(),
      says: ["defaultActions[0].forward.targetGroups has 0 elements; AWS allows 1 to 5"],
    },
    {
      title: "refuses weights out of range, each separately",
      props: forwards({ arn: UNKNOWN, weight: -1 }, UNKNOWN, { arn: UNKNOWN, weight: 1000 }),
      says: [
        "defaultActions[0].forward.targetGroups[0].weight is -1; it must be a whole number from 0 to 999",
        "defaultActions[0].forward.targetGroups[2].weight is 1000; it must be a whole number from 0 to 999",
      ],
    },
    {
      title: "refuses a stickiness of more than a week",
      props: acts({
        type: "forward",
        forward: { targetGroups: [{ arn: UNKNOWN }], stickiness: { duration: 604_801, enabled: true } },
      }),
      says: [
        "defaultActions[0].forward.stickiness.duration is 604801; it must be a whole number from 1 to 604800",
      ],
    },
    {
      title: "refuses a forward without a target group",
      props: acts({ type: "forward" }),
      says: ['defaultActions[0] is of type "forward", but lacks targetGroupArn or forward; AWS requires it'],
    },
    {
      title: "refuses a redirect action without a redirect",
      props: acts({ type: "redirect" }),
      says: ['defaultActions[0] is of type "redirect", but lacks redirect; AWS requires it'],
    },
    {
      title: "refuses an unknown type",
      props: acts({ type: "reject" }),
      says: [
        "defaultActions[0].type is another string (not shown, as it may be secret); it must be forward, redirect, fixed-response, authenticate-cognito, authenticate-oidc, jwt-validation",
      ],
    },
    {
      title: "refuses a type of the wrong type",
      props: acts({ type: ["forward"] }),
      says: [
        "defaultActions[0].type is a list; it must be forward, redirect, fixed-response, authenticate-cognito, authenticate-oidc, jwt-validation",
      ],
    },
    {
      title: "refuses a redirect that changes nothing but the query",
      props: redirects({ statusCode: "HTTP_301", query: "a=b", host: "#{host}" }),
      says: ["defaultActions[0].redirect leads to the same URL; it must change protocol, host, port or path"],
    },
    {
      title: "refuses a redirect's values that AWS does not accept",
      props: redirects({ protocol: "https", port: "0", path: "shop", statusCode: "301" }),
      says: [
        'defaultActions[0].redirect.protocol is "https"; it must be "HTTP", "HTTPS" or "#{protocol}"',
        'defaultActions[0].redirect.port is "0"; it must be a port from 1 to 65535, or "#{port}"',
        'defaultActions[0].redirect.path is another string (not shown, as it may be secret); it must be a path that begins with "/", of up to 128 characters',
        'defaultActions[0].redirect.statusCode is "301"; it must be "HTTP_301", "HTTP_302"',
      ],
    },
    {
      title: "refuses a fixed response's values that AWS does not accept",
      props: answers({ contentType: "text/xml", statusCode: "302", messageBody: "x".repeat(1025) }),
      says: [
        'defaultActions[0].fixedResponse.statusCode is "302"; it must be a code of 2xx, 4xx or 5xx',
        'defaultActions[0].fixedResponse.contentType is another string (not shown, as it may be secret); it must be "text/plain", "text/css", "text/html", "application/javascript", "application/json"',
        "defaultActions[0].fixedResponse.messageBody is another string (not shown, as it may be secret); it must be a string of up to 1024 characters",
      ],
    },
    {
      title: "refuses an order of 0, and judges the next action, too",
      props: acts({ type: "jwt-validation", jwtValidation: UNKNOWN, order: 0 }, { type: "redirect" }),
      says: [
        "defaultActions[0].order is 0; it must be a whole number from 1 to 50000",
        'defaultActions[1] is of type "redirect", but lacks redirect; AWS requires it',
      ],
    },
  ]);

  for (const type of LISTENER) {
    suite.checkSentences(type, [
      {
        title: `judges ${type}`,
        props: forwards(),
        says: ["defaultActions[0].forward.targetGroups has 0 elements; AWS allows 1 to 5"],
      },
    ]);
  }
  for (const type of LISTENER_RULE) {
    suite.checkSentences(type, [
      {
        title: `judges ${type}`,
        props: { actions: [{ type: "forward" }] },
        says: ['actions[0] is of type "forward", but lacks targetGroupArn or forward; AWS requires it'],
      },
    ]);
  }

  it("accepts weights from 0 to 999 and no other", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 997, max: 1002 })),
        async (weight) => {
          const problems = await suite.sentencesOf({
            type: LISTENER[0],
            props: forwards({ arn: UNKNOWN, weight }),
          });
          assert.equal(problems.length === 0, weight >= 0 && weight <= 999);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("never repeats a message body, which may be secret", async () => {
    const props = answers({ contentType: "text/plain", messageBody: secret("hunter2".repeat(200)) });
    assert.ok(!(await suite.sentencesOf({ type: LISTENER[0], props })).join().includes("hunter2"));
  });
});
