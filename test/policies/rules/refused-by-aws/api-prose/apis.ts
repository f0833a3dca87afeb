import type { APIS } from "../../../../../policies/rules/refused-by-aws/api-prose/apis";
import { UNKNOWN } from "../../../../support/pack";
import type { Refused } from "./refused";

/** Refused inputs, by line of APIS. */
export const APIS_REFUSED: Readonly<Record<keyof typeof APIS, Refused>> = {
  "security-policy": [
    [{ securityPolicy: "TLS_1_2", mutualTlsAuthentication: UNKNOWN }],
    [
      {
        securityPolicy: "SecurityPolicy_TLS13_2025_EDGE",
        endpointAccessMode: UNKNOWN,
        endpointConfiguration: { types: UNKNOWN },
      },
    ],
    [
      {
        securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
        endpointAccessMode: "STRICT",
        endpointConfiguration: { types: "REGIONAL" },
      },
    ],
    [
      { securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09", endpointConfiguration: { types: "PRIVATE" } },
      'endpointAccessMode is not set; AWS requires it if securityPolicy begins with "SecurityPolicy_"',
    ],
    [
      {
        securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
        endpointAccessMode: "BASIC",
        mutualTlsAuthentication: UNKNOWN,
      },
      'mutualTlsAuthentication is set, but securityPolicy begins with "SecurityPolicy_"; AWS allows it only with "TLS_1_2"',
    ],
    [
      {
        securityPolicy: "SecurityPolicy_TLS13_2025_EDGE",
        endpointAccessMode: "STRICT",
        endpointConfiguration: { types: "REGIONAL" },
      },
      'securityPolicy ends in "_EDGE", but endpointConfiguration.types has "REGIONAL"; AWS allows such policies only with "EDGE"',
    ],
    [
      {
        securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06",
        endpointAccessMode: "STRICT",
        endpointConfiguration: { types: ["EDGE"] },
      },
      `securityPolicy doesn't end in "_EDGE", but endpointConfiguration.types has "EDGE"; AWS allows such policies only with "REGIONAL" and "PRIVATE"`,
    ],
  ],
  "http-api-kind": [
    [
      { protocolType: "WEBSOCKET", corsConfiguration: { allowOrigins: ["https://a"] } },
      'routeSelectionExpression is not set; AWS requires it if protocolType is "WEBSOCKET"',
      'corsConfiguration is set, but protocolType is "WEBSOCKET"; AWS allows it only with "HTTP"',
    ],
    [
      { protocolType: "HTTP", corsConfiguration: { allowOrigins: ["*"], allowCredentials: true } },
      'corsConfiguration.allowCredentials is true, but allowOrigins has "*"; AWS allows it only with named origins',
    ],
    [{ protocolType: "WEBSOCKET", routeSelectionExpression: "$request.body.action" }],
    [{ protocolType: "HTTP", corsConfiguration: { allowOrigins: ["*"] } }],
  ],
  "http-route": [
    [
      { authorizationType: "JWT", target: "a1b2c3d" },
      'authorizerId is not set; AWS requires it if authorizationType is "JWT"',
      'target is another string (not shown, as it may be secret); AWS allows "integrations/" followed by the ID of an integration',
    ],
    [{ authorizationType: "AWS_IAM", target: UNKNOWN }],
    [{ authorizationType: "CUSTOM", authorizerId: UNKNOWN }],
  ],
  "http-integration": [
    [
      { timeoutMilliseconds: 60000, payloadFormatVersion: "3.0" },
      "timeoutMilliseconds is 60000; AWS allows a whole number from 50 to 30000",
      'payloadFormatVersion is "3.0"; AWS allows "1.0", "2.0"',
    ],
    [{ timeoutMilliseconds: 30000, payloadFormatVersion: "1.0" }],
  ],
  "http-stage": [
    [
      { name: "v1/orders" },
      'name is another string (not shown, as it may be secret); AWS allows "$default", or letters, digits, - and _',
    ],
    [{ name: "v1" }],
  ],
  "http-authorizer": [
    [{ authorizerType: "JWT" }, 'jwtConfiguration is not set; AWS requires it if authorizerType is "JWT"'],
    [
      { authorizerType: "REQUEST" },
      'authorizerUri is not set; AWS requires it if authorizerType is "REQUEST"',
    ],
    [{ authorizerType: UNKNOWN }],
  ],
  "rest-method": [
    [
      { httpMethod: "get", authorization: "CUSTOM" },
      'httpMethod is "get"; AWS allows "ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"',
      'authorizerId is not set; AWS requires it if authorization is "CUSTOM"',
    ],
    [{ httpMethod: "ANY", authorization: "AWS_IAM" }],
  ],
  "rest-integration": [
    [
      { type: "HTTP_PROXY", httpMethod: "GET", uri: "https://a.example.com", timeoutMilliseconds: 20 },
      "timeoutMilliseconds is 20; AWS allows a whole number from 50 to 300000",
      'integrationHttpMethod is not set; AWS requires it if type is "HTTP_PROXY"',
    ],
    [
      {
        type: "AWS_PROXY",
        httpMethod: "GET",
        integrationHttpMethod: "POST",
        uri: "arn:aws:lambda:eu-west-1:123456789012:function:store",
      },
      "uri is another string (not shown, as it may be secret); AWS allows an API Gateway ARN, such as a function's invokeArn",
    ],
    [
      { type: "MOCK", httpMethod: "OPTIONS", responseTransferMode: "STREAM", timeoutMilliseconds: 900_001 },
      "timeoutMilliseconds is 900001; AWS allows a whole number from 50 to 900000",
    ],
    [
      { type: "MOCK", httpMethod: "OPTIONS", responseTransferMode: "BUFFERED", timeoutMilliseconds: 300_001 },
      "timeoutMilliseconds is 300001; AWS allows a whole number from 50 to 300000",
    ],
    [{ type: "MOCK", httpMethod: "OPTIONS", responseTransferMode: UNKNOWN, timeoutMilliseconds: 900_000 }],
    [{ type: "MOCK", httpMethod: "OPTIONS" }],
    [
      {
        type: "AWS",
        httpMethod: "POST",
        integrationHttpMethod: "POST",
        uri: "arn:aws-cn:apigateway:cn-north-1:sqs:path/123456789012/orders",
      },
    ],
  ],
  "rest-path": [
    [
      { pathPart: "orders/{id}" },
      "pathPart is another string (not shown, as it may be secret); AWS allows a single path part without a slash; each part is a resource of its own",
    ],
    [{ pathPart: "{proxy+}" }],
    [{ pathPart: "v1.0-a_b" }],
  ],
  "graphql-authentication": [
    [
      { authenticationType: "AMAZON_COGNITO_USER_POOLS" },
      'userPoolConfig is not set; AWS requires it if authenticationType is "AMAZON_COGNITO_USER_POOLS"',
    ],
    [{ authenticationType: "API_KEY" }],
    [{ authenticationType: "AWS_LAMBDA", lambdaAuthorizerConfig: UNKNOWN }],
  ],
  "graphql-source": [
    [{ type: "AWS_LAMBDA" }, 'lambdaConfig is not set; AWS requires it if type is "AWS_LAMBDA"'],
    [{ type: "AMAZON_DYNAMODB", dynamodbConfig: { tableName: "a" } }],
  ],
  "pool-names": [
    [
      { usernameAttributes: ["email"], aliasAttributes: ["email"] },
      "aliasAttributes and usernameAttributes are both set; AWS allows only one of them",
    ],
    [{ aliasAttributes: ["email"] }],
  ],
  "pool-factors": [
    [
      { mfaConfiguration: "ON" },
      "none of emailMfaConfiguration, smsConfiguration, softwareTokenMfaConfiguration and webAuthnConfiguration is set; AWS requires at least one of them",
    ],
    [{ mfaConfiguration: "OFF" }],
    [{ mfaConfiguration: "OPTIONAL", smsConfiguration: UNKNOWN }],
  ],
  "pool-domain": [
    [
      { domain: "Store_Login" },
      "domain is another string (not shown, as it may be secret); AWS allows a-z, 0-9, - and .",
    ],
    [{ domain: "auth.example.com" }],
  ],
  "token-validity": [
    [
      {
        accessTokenValidity: 25,
        idTokenValidity: 4,
        refreshTokenValidity: 59,
        tokenValidityUnits: { idToken: "minutes", refreshToken: "minutes" },
      },
      "accessTokenValidity is 25 hours; AWS allows 5 minutes to a day",
      "idTokenValidity is 4 minutes; AWS allows 5 minutes to a day",
      "refreshTokenValidity is 59 minutes; AWS allows 60 minutes to 3650 days",
    ],
    [
      {
        accessTokenValidity: 299,
        refreshTokenValidity: 3651,
        tokenValidityUnits: { accessToken: "seconds" },
      },
      "accessTokenValidity is 299 seconds; AWS allows 5 minutes to a day",
      "refreshTokenValidity is 3651 days; AWS allows 60 minutes to 3650 days",
    ],
    [
      {
        accessTokenValidity: 300,
        idTokenValidity: 1,
        refreshTokenValidity: 3650,
        tokenValidityUnits: { accessToken: "seconds", idToken: "days" },
      },
    ],
    [{ accessTokenValidity: 24, refreshTokenValidity: 0, idTokenValidity: UNKNOWN }],
    [{ accessTokenValidity: 900, tokenValidityUnits: { accessToken: UNKNOWN } }],
  ],
  "pool-callbacks": [
    [
      { callbackUrls: ["http://store.example.com"], logoutUrls: ["http://localhost.example.com"] },
      "callbackUrls[0] is another string (not shown, as it may be secret); AWS allows https URLs, and http URLs of localhost only",
      "logoutUrls[0] is another string (not shown, as it may be secret); AWS allows https URLs, and http URLs of localhost only",
    ],
    [
      {
        callbackUrls: [
          "http://localhost:3000/cb",
          "http://127.0.0.1",
          "http://[::1]:80/",
          "store://cb",
          "https://store.example.com",
          UNKNOWN,
        ],
      },
    ],
  ],
};
