import { API_DOMAIN, API_INTEGRATION, REST_API, REST_INTEGRATION } from "../../../resources";
import { isList, isTrue, read, readList } from "../../../read";
import { readEach } from "../../../read-each";
import { between, oneOf, text, texts, wholeNumber } from "../known";
import { each, expecting, form, isSet } from "./line";
import type { Line } from "./line";
import { needs, needsFor } from "./needs";
import {
  API_AUTHORIZER,
  API_ROUTE,
  API_STAGE,
  GRAPHQL_API,
  GRAPHQL_SOURCE,
  HTTP_API,
  REST_METHOD,
  REST_RESOURCE,
  USER_POOL,
  USER_POOL_CLIENT,
  USER_POOL_DOMAIN,
} from "./types";

const HTTP = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference";
const REST = "https://docs.aws.amazon.com/apigateway/latest/api";
const GRAPHQL = "https://docs.aws.amazon.com/appsync/latest/APIReference";

const METHODS = expecting(oneOf(["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]));

const MINUTES: Readonly<Record<string, number>> & { readonly days: number } = {
  seconds: 1 / 60,
  minutes: 1,
  hours: 60,
  days: 24 * 60,
};

/** Tokens of a user pool: the default unit of their validity, the minimum in minutes, and the maximum in days. */
const TOKENS = [
  ["access", "hours", 5, 1],
  ["id", "hours", 5, 1],
  ["refresh", "days", 60, 3650],
] as const;

function validityProblems(props: unknown): (string | undefined)[] {
  return TOKENS.map(([token, otherwise, leastMinutes, mostDays]) => {
    const property = `${token}TokenValidity`;
    const count = wholeNumber(read(props, [property]));
    const given = read(props, ["tokenValidityUnits", `${token}Token`]);
    const unit = given.kind === "absent" ? otherwise : (text(given) ?? "");
    const minutes = (count ?? 0) * (MINUTES[unit] ?? 0);
    if (minutes === 0 || (minutes >= leastMinutes && minutes <= mostDays * MINUTES.days)) return undefined;
    return `${property} is ${count} ${unit}; AWS allows ${leastMinutes} minutes to ${mostDays === 1 ? "a day" : `${mostDays} days`}`;
  });
}

/** The types of endpoints that a domain name or REST API has; undefined while one of them is not known. */
function endpointTypes(props: unknown): readonly string[] | undefined {
  const types = readList(props, ["endpointConfiguration", "types"]);
  if (!isList(types)) return types.kind === "known" ? [text(types) ?? ""] : undefined;
  return texts(types);
}

/** Policies whose name begins with SecurityPolicy_ require an access mode, and allow no mutual TLS. */
function securityPolicyProblems(props: unknown): (string | undefined)[] {
  const policy = text(read(props, ["securityPolicy"]));
  if (policy?.startsWith("SecurityPolicy_") !== true) return [];
  const isOfEdge = policy.endsWith("_EDGE");
  const endpoints = endpointTypes(props) ?? [];
  const isElsewhere =
    endpoints.length > 0 &&
    endpoints.every((type) => ENDPOINTS.includes(type) && (type === "EDGE") !== isOfEdge);
  return [
    isSet(props, "endpointAccessMode")
      ? undefined
      : 'endpointAccessMode is not set; AWS requires it if securityPolicy begins with "SecurityPolicy_"',
    isSet(props, "mutualTlsAuthentication")
      ? 'mutualTlsAuthentication is set, but securityPolicy begins with "SecurityPolicy_"; AWS allows it only with "TLS_1_2"'
      : undefined,
    isElsewhere
      ? `securityPolicy ${isOfEdge ? "ends" : "doesn't end"} in "_EDGE", but endpointConfiguration.types has ${endpoints.map((type) => `"${type}"`).join(" and ")}; AWS allows such policies only with ${isOfEdge ? '"EDGE"' : '"REGIONAL" and "PRIVATE"'}`
      : undefined,
  ];
}

const ENDPOINTS = ["EDGE", "REGIONAL", "PRIVATE"];

/** API Gateway, AppSync and Cognito. */
export const APIS = {
  "security-policy": {
    types: [...API_DOMAIN, ...REST_API],
    problems: securityPolicyProblems,
    example: { securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09", endpointAccessMode: "STRICT" },
    source:
      "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
  },
  "http-api-kind": {
    types: HTTP_API,
    problems: (props) => [
      ...needsFor("protocolType", "", { WEBSOCKET: ["routeSelectionExpression"] })(props),
      text(read(props, ["protocolType"])) === "WEBSOCKET" && isSet(props, "corsConfiguration")
        ? 'corsConfiguration is set, but protocolType is "WEBSOCKET"; AWS allows it only with "HTTP"'
        : undefined,
      isTrue(read(props, ["corsConfiguration", "allowCredentials"])) &&
      readEach(props, "corsConfiguration.allowOrigins.*").some(({ reading }) => text(reading) === "*")
        ? 'corsConfiguration.allowCredentials is true, but allowOrigins has "*"; AWS allows it only with named origins'
        : undefined,
    ],
    example: {
      protocolType: "HTTP",
      corsConfiguration: { allowCredentials: true, allowOrigins: ["https://store.example.com"] },
    },
    source: `${HTTP}/apis.html`,
  },
  "http-route": {
    types: API_ROUTE,
    problems: (props) => [
      ...needsFor("authorizationType", "", { CUSTOM: ["authorizerId"], JWT: ["authorizerId"] })(props),
      ...each(
        ["target"],
        form(
          (target) => target.startsWith("integrations/"),
          '"integrations/" followed by the ID of an integration',
        ),
      )(props),
    ],
    example: { routeKey: "GET /orders", target: "integrations/a1b2c3d" },
    source: `${HTTP}/apis-apiid-routes.html`,
  },
  "http-integration": {
    types: API_INTEGRATION,
    problems: (props) => [
      ...each(["timeoutMilliseconds"], expecting(between(50, 30_000)))(props),
      ...each(["payloadFormatVersion"], expecting(oneOf(["1.0", "2.0"], ["\\d\\.\\d"])))(props),
    ],
    example: { payloadFormatVersion: "2.0", timeoutMilliseconds: 10_000 },
    source: `${HTTP}/apis-apiid-integrations.html`,
  },
  "http-stage": {
    types: API_STAGE,
    problems: each(
      ["name"],
      form((name) => /^(\$default|[\w-]{1,128})$/.test(name), '"$default", or letters, digits, - and _'),
    ),
    example: { name: "$default" },
    source: `${HTTP}/apis-apiid-stages.html`,
  },
  "http-authorizer": {
    types: API_AUTHORIZER,
    problems: needsFor("authorizerType", "", { JWT: ["jwtConfiguration"], REQUEST: ["authorizerUri"] }),
    example: {
      authorizerType: "JWT",
      jwtConfiguration: { audiences: ["store"], issuer: "https://login.example.com" },
    },
    source: `${HTTP}/apis-apiid-authorizers.html`,
  },
  "rest-method": {
    types: REST_METHOD,
    problems: (props) => [
      ...each(["httpMethod"], METHODS)(props),
      ...needsFor("authorization", "", { COGNITO_USER_POOLS: ["authorizerId"], CUSTOM: ["authorizerId"] })(
        props,
      ),
    ],
    example: { httpMethod: "GET", authorization: "NONE" },
    source: `${REST}/API_PutMethod.html`,
  },
  "rest-integration": {
    types: REST_INTEGRATION,
    problems: (props) => {
      const type = text(read(props, ["type"])) ?? "";
      // A streamed response may take longer; one whose mode isn't known yet may be streamed.
      const mode = read(props, ["responseTransferMode"]);
      const isBuffered = mode.kind === "absent" || text(mode) === "BUFFERED";
      return [
        ...each(["httpMethod", "integrationHttpMethod"], METHODS)(props),
        ...each(["timeoutMilliseconds"], expecting(between(50, isBuffered ? 300_000 : 900_000)))(props),
        ...needsFor("type", "", {
          AWS: ["integrationHttpMethod", "uri"],
          AWS_PROXY: ["integrationHttpMethod", "uri"],
          HTTP: ["integrationHttpMethod", "uri"],
          HTTP_PROXY: ["integrationHttpMethod", "uri"],
        })(props),
        ...(type.startsWith("AWS")
          ? each(
              ["uri"],
              form(
                (uri) => /^arn:[^:]+:apigateway:/.test(uri),
                "an API Gateway ARN, such as a function's invokeArn",
              ),
            )(props)
          : []),
      ];
    },
    example: {
      type: "AWS_PROXY",
      httpMethod: "GET",
      integrationHttpMethod: "POST",
      uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:store/invocations",
    },
    source: `${REST}/API_PutIntegration.html`,
  },
  "rest-path": {
    types: REST_RESOURCE,
    problems: each(
      ["pathPart"],
      form(
        (part) => !/[\s/]/.test(part),
        "a single path part without a slash; each part is a resource of its own",
      ),
    ),
    example: { pathPart: "{orderId}" },
    source: `${REST}/API_CreateResource.html`,
  },
  "graphql-authentication": {
    types: GRAPHQL_API,
    problems: needsFor("authenticationType", "", {
      AMAZON_COGNITO_USER_POOLS: ["userPoolConfig"],
      AWS_LAMBDA: ["lambdaAuthorizerConfig"],
      OPENID_CONNECT: ["openidConnectConfig"],
    }),
    example: { authenticationType: "AWS_IAM" },
    source: `${GRAPHQL}/API_CreateGraphqlApi.html`,
  },
  "graphql-source": {
    types: GRAPHQL_SOURCE,
    problems: needsFor("type", "", {
      AMAZON_DYNAMODB: ["dynamodbConfig"],
      AMAZON_EVENTBRIDGE: ["eventBridgeConfig"],
      AWS_LAMBDA: ["lambdaConfig"],
      HTTP: ["httpConfig"],
    }),
    example: { type: "NONE" },
    source: `${GRAPHQL}/API_CreateDataSource.html`,
  },
  "pool-names": {
    types: USER_POOL,
    problems: needs("at most one", ["aliasAttributes", "usernameAttributes"]),
    example: { usernameAttributes: ["email"] },
    source:
      "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html",
  },
  "pool-domain": {
    types: USER_POOL_DOMAIN,
    problems: each(
      ["domain"],
      form((name) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name), "a-z, 0-9, - and ."),
    ),
    example: { domain: "store-login" },
    source:
      "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html",
  },
  "pool-callbacks": {
    types: USER_POOL_CLIENT,
    problems: each(
      ["callbackUrls.*", "logoutUrls.*"],
      form(
        (url) => !/^http:\/\/(?!(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/.test(url),
        "https URLs, and http URLs of localhost only",
      ),
    ),
    example: { callbackUrls: ["https://store.example.com/signed-in"] },
    source:
      "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html",
  },
  "token-validity": {
    types: USER_POOL_CLIENT,
    problems: validityProblems,
    example: { name: "web", accessTokenValidity: 1, tokenValidityUnits: { accessToken: "hours" } },
    source:
      "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html",
  },
  "pool-factors": {
    types: USER_POOL,
    problems: (props) =>
      ["ON", "OPTIONAL"].includes(text(read(props, ["mfaConfiguration"])) ?? "")
        ? needs("at least one", [
            "emailMfaConfiguration",
            "smsConfiguration",
            "softwareTokenMfaConfiguration",
            "webAuthnConfiguration",
          ])(props)
        : [],
    example: { mfaConfiguration: "ON", softwareTokenMfaConfiguration: { enabled: true } },
    source:
      "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html",
  },
} satisfies Readonly<Record<string, Line>>;
