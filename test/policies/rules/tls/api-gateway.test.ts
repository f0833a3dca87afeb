import {
  AMPLIFY_APP,
  API_DOMAIN,
  API_INTEGRATION,
  APPSYNC_SOURCE,
  HTTP_API,
  HTTP_API_DOMAIN,
  REST_API,
  REST_INTEGRATION,
  REST_RESPONSE,
  TOPIC_SUBSCRIPTION,
} from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

describe("api-gateway-tls", () => {
  const suite = new RuleSuite("api-gateway-tls");
  const domain = (securityPolicy: unknown) => ({ domainName: "api.example.com", securityPolicy });

  suite.check(API_DOMAIN[0], [
    { title: "passes TLS 1.2", props: domain("TLS_1_2"), says: [] },
    { title: "passes TLS 1.2 as a secret", props: domain(secret("TLS_1_2")), says: [] },
    {
      title: "passes an enhanced policy with TLS 1.3",
      props: domain("SecurityPolicy_TLS13_1_3_2025_09"),
      says: [],
    },
    {
      title: "passes an edge-optimized policy",
      props: domain("SecurityPolicy_TLS12_PFS_2025_EDGE"),
      says: [],
    },
    {
      title: "refuses TLS 1.0",
      props: domain("TLS_1_0"),
      says: ['securityPolicy is "TLS_1_0"; it must be a literal: "TLS_1_2"'],
    },
    ...["TLS_1_2 ", " TLS_1_2", "xSecurityPolicy_TLS12_2025", "SecurityPolicy_TLS13_2025 x"].map((name) => ({
      title: `refuses a name that only contains an accepted one: "${name}"`,
      props: domain(name),
      says: [
        /securityPolicy is another string .*; it must be a literal: "TLS_1_2", or one whose name begins with /,
      ],
    })),
    {
      title: "refuses an enhanced policy with TLS 1.0",
      props: domain("SecurityPolicy_TLS10_2025_EDGE"),
      says: ['securityPolicy is "SecurityPolicy_TLS10_2025_EDGE"'],
    },
    {
      title: "advises against an absent policy",
      props: {},
      says: ["securityPolicy is not set"],
      level: "advisory",
    },
    {
      title: "advises against a null policy",
      props: domain(null),
      says: ["securityPolicy is not set"],
      level: "advisory",
    },
    { title: "refuses an unknown policy", props: domain(UNKNOWN), says: ["securityPolicy is not known"] },
    { title: "refuses a policy of the wrong type", props: domain(["TLS_1_2"]), says: ["is a list"] },
  ]);
  const configured = (securityPolicy: unknown) => ({ domainNameConfiguration: { securityPolicy } });
  suite.check(HTTP_API_DOMAIN[0], [
    { title: "passes TLS 1.2 of an HTTP API", props: configured("TLS_1_2"), says: [] },
    {
      title: "refuses TLS 1.0 of an HTTP API",
      props: configured("TLS_1_0"),
      says: ['domainNameConfiguration.securityPolicy is "TLS_1_0"; it must be a literal: "TLS_1_2"'],
    },
  ]);
  suite.checkTypes([...API_DOMAIN, ...REST_API], domain("TLS_1_0"));
  suite.checkSilence(API_DOMAIN[0], domain(secret("hunter2")));

  for (const [[type], property] of [
    [REST_INTEGRATION, "uri"],
    [API_INTEGRATION, "integrationUri"],
  ] as const) {
    const asks = (uri: unknown, more: object = {}) => ({ [property]: uri, type: "HTTP_PROXY", ...more });
    suite.check(type, [
      { title: `passes HTTPS of ${type}`, props: asks("https://legacy.example.com/"), says: [] },
      {
        title: `passes a function of ${type}`,
        props: asks("arn:aws:lambda:eu-west-1:1:function:f"),
        says: [],
      },
      { title: `passes unknown values of ${type}`, props: asks(UNKNOWN), says: [] },
      {
        title: `passes other integrations with HTTP of ${type}`,
        props: asks("https://a.example.com/?to=http://b"),
        says: [],
      },
      {
        title: `passes an integration through a VPC link of ${type}`,
        props: asks("http://internal.example.com/", { connectionType: "VPC_LINK" }),
        says: [],
      },
      ...[null, "INTERNET", UNKNOWN].map((connectionType) => ({
        title: `refuses plain text over the internet of ${type}, with connectionType ${String(connectionType)}`,
        props: asks(secret("HTTP://legacy.example.com/{proxy}"), { connectionType }),
        says: [
          new RegExp(
            `${property} begins with "http:", so that requests cross the internet in clear text; it must begin with "https:"\\.\n` +
              `Fix: \\{ ${property}: "https://…" \\}, or, in API Gateway, \\{ connectionType: "VPC_LINK", … \\} to what has no public address`,
          ),
        ],
      })),
    ]);
  }

  for (const [[type], property, props] of [
    [
      ["aws-native:apigateway:Method"],
      "integration.uri",
      (uri: unknown) => ({ integration: { type: "HTTP_PROXY", uri } }),
    ],
    [["aws-native:apigatewayv2:Integration"], "integrationUri", (uri: unknown) => ({ integrationUri: uri })],
    [
      ["aws-native:appsync:DataSource"],
      "httpConfig.endpoint",
      (endpoint: unknown) => ({ httpConfig: { endpoint } }),
    ],
    [
      ["aws-native:amplify:App"],
      "customRules[0].target",
      (target: unknown) => ({ customRules: [{ source: "/api/<*>", target, status: "200" }] }),
    ],
    [HTTP_API, "target", (target: unknown) => ({ protocolType: "HTTP", target })],
    [
      APPSYNC_SOURCE,
      "httpConfig.endpoint",
      (endpoint: unknown) => ({ type: "HTTP", httpConfig: { endpoint } }),
    ],
    [
      AMPLIFY_APP,
      "customRules[1].target",
      (target: unknown) => ({ customRules: [UNKNOWN, { source: "/api/<*>", target, status: "200" }] }),
    ],
  ] as const)
    suite.check(type, [
      { title: `passes HTTPS of ${type}`, props: props("https://a.example.com"), says: [] },
      { title: `passes unknown values of ${type}`, props: props(UNKNOWN), says: [] },
      { title: `passes another protocol of ${type}`, props: props("/http:.html"), says: [] },
      {
        title: `refuses plain text over the internet of ${type}`,
        props: props("http://a.example.com"),
        says: [`${property} begins with "http:", so that requests cross the internet in clear text`],
      },
    ]);

  suite.check("aws-native:apigateway:Method", [
    {
      title: "passes an integration of aws-native through a VPC link",
      props: { integration: { uri: "http://internal.example.com/", connectionType: "VPC_LINK" } },
      says: [],
    },
  ]);
  const LOCATION = "method.response.header.Location";
  for (const type of REST_RESPONSE)
    suite.check(type, [
      ...[
        "'https://shop.example.com/'",
        "integration.response.header.Location",
        "'/login?from=http://x'",
      ].map((value) => ({
        title: `passes ${value} of ${type}`,
        props: { responseParameters: { [LOCATION]: value } },
        says: [],
      })),
      { title: `passes unknown headers of ${type}`, props: { responseParameters: UNKNOWN }, says: [] },
      {
        title: `refuses a redirect to plain HTTP of ${type}`,
        props: { responseParameters: { [LOCATION]: "'http://shop.example.com/'" } },
        says: [`responseParameters sets ${LOCATION} to an address that begins with "http:"`],
      },
    ]);
  suite.check(API_INTEGRATION[0], [
    {
      title: "refuses a redirect to plain HTTP of an HTTP API",
      props: {
        responseParameters: [
          { statusCode: "301", mappings: { "overwrite:header.location": "http://shop.example.com/" } },
        ],
      },
      says: [
        'responseParameters[0].mappings sets overwrite:header.location to an address that begins with "http:"',
      ],
    },
  ]);
  suite.checkTypes([...TOPIC_SUBSCRIPTION, "aws-native:sns:Subscription"], { protocol: "http" });

  suite.check(TOPIC_SUBSCRIPTION[0], [
    ...["https", "email", UNKNOWN].map((protocol) => ({
      title: "passes topic subscriptions without plain HTTP",
      props: { protocol, endpoint: UNKNOWN },
      says: [],
    })),
    {
      title: "refuses a topic subscription over plain HTTP",
      props: { protocol: "http", endpoint: UNKNOWN },
      says: ['protocol is "http", so that messages cross the internet in clear text; it must be "https"'],
    },
  ]);

  const described = (...integrations: readonly string[]) => ({
    securityPolicy: "TLS_1_2",
    body: ["swagger: '2.0'", ...integrations].join("\n    x-amazon-apigateway-integration:\n      "),
  });
  for (const [type] of [REST_API, HTTP_API])
    suite.check(type, [
      {
        title: `passes integrations over HTTPS, and through a VPC link, in a body of ${type}`,
        props: described(
          "uri: https://a.example.com/",
          "uri: http://nlb/\n      connectionType: VPC_LINK",
          "uri: arn:aws:apigateway:eu-west-1:lambda:path/f\nexample:\n  uri: http://a.example.com",
        ),
        says: [],
      },
      { title: `passes an unknown body of ${type}`, props: { ...described(), body: UNKNOWN }, says: [] },
      {
        title: `passes URLs outside integrations of ${type}`,
        props: { ...described(), body: "uri: http://a.example.com" },
        says: [],
      },
      ...[
        described("uri: https://a.example.com/", "uri: 'http://a.example.com/'"),
        {
          ...described(),
          body: JSON.stringify({ "x-amazon-apigateway-integration": { uri: "http://a.example.com" } }),
        },
      ].map((props) => ({
        title: `refuses plain text over the internet in a body of ${type}`,
        props,
        says: ['The uri of an integration in body begins with "http:"'],
      })),
    ]);
});
