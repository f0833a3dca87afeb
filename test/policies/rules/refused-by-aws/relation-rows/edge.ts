import {
  CERTIFICATE,
  CERTIFICATE_VALIDATION,
  DISTRIBUTION,
  FUNCTION,
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  MULTITENANT_DISTRIBUTION,
  RECORD,
  TARGET_GROUP,
  WAF_RULE_GROUP,
  WEB_ACL,
} from "../../../../../policies/resources";
import {
  API_ROUTE,
  HTTP_API,
  IP_SET,
  PATTERN_SET,
  ZONE,
} from "../../../../../policies/rules/refused-by-aws/api-prose/types";
import { type TestResource, UNKNOWN } from "../../../../support/pack";
import type { Props } from "../../../../support/rule-suite";
import { make, type Row } from "./row";

const zone = make(ZONE, "zone", { name: "Example.com", zoneId: UNKNOWN });
const balancer = make(LOAD_BALANCER, "alb", { internal: true, dnsName: UNKNOWN });
const cname = (name: string, props: Props = {}): TestResource =>
  make(RECORD, "x", { name, type: "CNAME", ...props }, { zoneId: zone });
const alias = (...of: readonly TestResource[]): TestResource =>
  make(
    RECORD,
    "x",
    { name: "shop.example.com", type: "A", aliases: [{ name: UNKNOWN, zoneId: UNKNOWN }] },
    { zoneId: zone, aliases: of },
  );
const failover = (props: Props): TestResource =>
  make(RECORD, "x", { type: "A", failoverRoutingPolicies: [{ type: "PRIMARY" }], ...props });

const origins = [{ originId: "shop" }, { originId: "spare" }];
const distribution = (props: Props, to: Parameters<typeof make>[3] = {}): TestResource =>
  make(DISTRIBUTION, "x", props, to);
const at = (props: Props): TestResource =>
  distribution({ origins, defaultCacheBehavior: { targetOriginId: "shop" }, ...props });
const fn = (props: Props): TestResource => make(FUNCTION, "edge", props);
const calling = (lambdaArn: unknown, ...of: readonly TestResource[]): TestResource =>
  distribution(
    { defaultCacheBehavior: { lambdaFunctionAssociations: [{ eventType: "viewer-request", lambdaArn }] } },
    { defaultCacheBehavior: of },
  );
const ARN = "arn:aws:lambda:us-east-1:123456789012:function:edge";

const certificate = (props: Props): TestResource => ({
  ...make(CERTIFICATE, "tls", { domainName: "example.com", ...props }),
  region: "us-east-1",
});
const validation = make(CERTIFICATE_VALIDATION, "valid", {}, { certificateArn: certificate({}) });
const named = (aliases: unknown, props: Props): TestResource[] => [
  certificate(props),
  validation,
  distribution(
    { aliases, viewerCertificate: { acmCertificateArn: UNKNOWN } },
    { viewerCertificate: validation },
  ),
];

const grpc = make(TARGET_GROUP, "grpc", { protocol: "HTTP", protocolVersion: "GRPC" });
const listening = (protocol: string): TestResource[] => [
  balancer,
  grpc,
  make(
    LISTENER,
    "x",
    { protocol, port: 50_051, defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }] },
    { loadBalancerArn: balancer, defaultActions: grpc },
  ),
];

const routes = (protocolType: unknown, ...keys: readonly string[]): TestResource[] => {
  const api = make(HTTP_API, "api", { protocolType });
  return [
    api,
    ...keys.map((routeKey) =>
      make(API_ROUTE, keys.length > 1 ? routeKey : "x", { routeKey }, { apiId: api }),
    ),
  ];
};

export const REFUSED: readonly Row[] = [
  ...["/orders", "GET orders", "get /orders", "GET,POST /orders"].map((key): Row => [
    `a route of an HTTP API by ${key}`,
    routes("HTTP", key),
    "x",
    'Its routeKey does not have the form that HTTP API "api" requires; it must be "$default", or a method in capitals and a path',
  ]),
  ["nothing for routes that HTTP APIs accept", routes("HTTP", "$default", "ANY /{proxy+}", "GET /", UNKNOWN)],
  [
    "nothing for routes of WebSocket APIs, or of unknown APIs",
    [...routes("WEBSOCKET", "send"), ...routes(UNKNOWN, "/a")],
  ],
  [
    "a CNAME at the apex",
    [zone, cname("example.com.")],
    "x",
    'type is CNAME, but name is that of zone "zone" itself; AWS allows no CNAME record there; it must be an alias',
  ],
  [
    "a CNAME without a name",
    [zone, cname("")],
    "x",
    'type is CNAME, but name is that of zone "zone" itself; AWS allows no CNAME record there; it must be an alias',
  ],
  [
    "nothing for a CNAME below the apex, or another record at the apex",
    [zone, cname("www"), { ...cname("example.com", { type: "A" }), name: "y" }],
  ],
  [
    "an alias in the program's own zone",
    [zone, balancer, alias(balancer, zone)],
    "x",
    'aliases name "alb", but zoneId is that of zone "zone"; it must be the hosted zone ID of "alb"',
  ],
  [
    "an alias in the program's own zone, by its ID",
    [
      make(ZONE, "zone", { zoneId: "Z1" }),
      make(LOAD_BALANCER, "alb", { internal: true, dnsName: "alb.example.net" }),
      make(RECORD, "x", { aliases: [{ name: "alb.example.net", zoneId: "Z1" }] }),
    ],
    "x",
    'aliases name "alb", but zoneId is that of zone "zone"; it must be the hosted zone ID of "alb"',
  ],
  [
    "nothing for an alias in the load balancer's zone, or for a record in its own zone",
    [
      zone,
      balancer,
      alias(balancer),
      { ...alias(zone), name: "y" },
      { ...alias(balancer, zone, grpc), name: "z" },
      grpc,
    ],
  ],
  [
    "a primary record without a health check",
    [failover({ records: ["198.51.100.7"] })],
    "x",
    "It is the primary record of a failover and not an alias, but healthCheckId is not set; AWS requires it",
  ],
  [
    "nothing for a record with a health check, an alias, or a secondary record",
    [
      failover({ healthCheckId: "01234567" }),
      { ...failover({ aliases: [{ name: "alb.example.net" }] }), name: "y" },
      { ...failover({ failoverRoutingPolicies: [{ type: "SECONDARY" }] }), name: "z" },
    ],
  ],
  [
    "a behaviour without an origin",
    [at({ defaultCacheBehavior: { targetOriginId: "other" } })],
    "x",
    "targetOriginId in defaultCacheBehavior is not an origin of the distribution; it must be the originId of one of its origins or originGroups",
  ],
  [
    "a behaviour without an origin in a multi-tenant distribution",
    [
      make(MULTITENANT_DISTRIBUTION, "x", {
        origins: [{ id: "shop" }],
        cacheBehaviors: [{ targetOriginId: "shop" }, { targetOriginId: "other" }],
      }),
    ],
    "x",
    "targetOriginId in cacheBehaviors is not an origin of the distribution; it must be the id of one of its origins or originGroups",
  ],
  ...[WEB_ACL, WAF_RULE_GROUP, IP_SET, PATTERN_SET].map((type): Row => [
    `a ${type[0]} for CloudFront elsewhere than in us-east-1`,
    [{ ...make(type, "x", { scope: "CLOUDFRONT" }), region: "eu-west-1" }],
    "x",
    'scope is "CLOUDFRONT", but the resource is in eu-west-1; it must be in us-east-1',
  ]),
  [
    "nothing for a web ACL there, with another scope, or in an unknown Region",
    [
      { ...make(WEB_ACL, "x", { scope: "CLOUDFRONT" }), region: "us-east-1" },
      { ...make(WEB_ACL, "y", { scope: "REGIONAL" }), region: "eu-west-1" },
      { ...make(WEB_ACL, "z", { scope: UNKNOWN }), region: "eu-west-1" },
      make(WEB_ACL, "u", { scope: "CLOUDFRONT", region: UNKNOWN }),
    ],
  ],
  [
    "an ordered behaviour without an origin",
    [at({ orderedCacheBehaviors: [{ targetOriginId: "spare" }, { targetOriginId: "other" }] })],
    "x",
    "targetOriginId in orderedCacheBehaviors is not an origin of the distribution; it must be the originId of one of its origins or originGroups",
  ],
  [
    "an origin group with an unknown origin ID",
    [at({ originGroups: [{ originId: "both", members: [{ originId: "shop" }, { originId: "other" }] }] })],
    "x",
    "originId in originGroups.members is not an origin of the distribution; it must be that of one of its origins",
  ],
  [
    "nothing for behaviours with an origin, a group, or an unknown ID",
    [
      at({
        defaultCacheBehavior: { targetOriginId: "both" },
        originGroups: [{ originId: "both", members: [{ originId: "shop" }, { originId: "spare" }] }],
      }),
      {
        ...at({ origins: [{ originId: UNKNOWN }], defaultCacheBehavior: { targetOriginId: "other" } }),
        name: "y",
      },
      { ...at({ defaultCacheBehavior: { targetOriginId: UNKNOWN } }), name: "z" },
    ],
  ],
  ...[ARN, `${ARN}:$LATEST`].map((arn): Row => [
    `a function at the edge without a version: ${arn.slice(-7)}`,
    [calling(arn)],
    "x",
    "lambdaArn in defaultCacheBehavior.lambdaFunctionAssociations names no version of its function; it must end in a version number",
  ]),
  [
    "an edge function that publishes no version",
    [fn({}), calling(UNKNOWN, fn({}))],
    "x",
    'lambdaArn in defaultCacheBehavior.lambdaFunctionAssociations names function "edge", which publishes no version; publish must be true',
  ],
  [
    "nothing for an edge function by its version",
    [fn({ publish: true }), calling(UNKNOWN, fn({})), { ...calling(`${ARN}:3`), name: "y" }],
  ],
  [
    "nothing for a version that another provider creates",
    [
      fn({}),
      make(["aws-native:lambda:Version"], "v1"),
      calling(UNKNOWN, fn({}), make(["aws-native:lambda:Version"], "v1")),
    ],
  ],
  [
    "nothing for aliases that the certificate covers",
    named(["example.com", "WWW.example.com", "*.example.com", UNKNOWN], {
      subjectAlternativeNames: ["*.example.com"],
    }),
  ],
  [
    "GRPC behind HTTP",
    listening("HTTP"),
    "x",
    'It is of protocol HTTP, but forwards to "grpc" of protocol version GRPC; AWS allows this only for HTTPS',
  ],
  ["nothing for GRPC behind HTTPS", listening("HTTPS")],
  [
    "nothing for GRPC in a rule on an unknown listener",
    [
      grpc,
      make(
        LISTENER_RULE,
        "x",
        { actions: [{ type: "forward", targetGroupArn: UNKNOWN }] },
        { actions: grpc },
      ),
    ],
  ],
];

/** Rows like those of {@link REFUSED}, against which the rule only advises. */
export const ADVISED: readonly Row[] = [["www.other.org"], ["example.com", "a.b.example.com"]].map(
  (aliases): Row => [
    `an alias that the certificate doesn't cover: ${aliases.at(-1)}`,
    named(aliases, { subjectAlternativeNames: ["*.example.com"] }),
    "x",
    'aliases contain a name that certificate "tls" does not cover; it must be among the certificate\'s names',
  ],
);
