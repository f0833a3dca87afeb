import type { APIS } from "../../../../../policies/rules/refused-by-aws/api-prose/apis";
import { UNKNOWN } from "../../../../support/pack";
import type { Refused } from "./refused";

/** By line of APIS. */
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
      'endpointAccessMode is left out and securityPolicy begins with "SecurityPolicy_"; AWS takes both together',
    ],
    [
      {
        securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
        endpointAccessMode: "BASIC",
        mutualTlsAuthentication: UNKNOWN,
      },
      'mutualTlsAuthentication is set and securityPolicy begins with "SecurityPolicy_"; AWS takes it with "TLS_1_2"',
    ],
    [
      {
        securityPolicy: "SecurityPolicy_TLS13_2025_EDGE",
        endpointAccessMode: "STRICT",
        endpointConfiguration: { types: "REGIONAL" },
      },
      'securityPolicy ends in "_EDGE" and endpointConfiguration.types has "REGIONAL"; AWS takes such policies with "EDGE"',
    ],
    [
      {
        securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06",
        endpointAccessMode: "STRICT",
        endpointConfiguration: { types: ["EDGE"] },
      },
      `securityPolicy doesn't end in "_EDGE" and endpointConfiguration.types has "EDGE"; AWS takes such policies with "REGIONAL" and "PRIVATE"`,
    ],
  ],
  "http-api-kind": [
    [
      { protocolType: "WEBSOCKET", corsConfiguration: { allowOrigins: ["https://a"] } },
      'routeSelectionExpression is left out; AWS needs it where protocolType is "WEBSOCKET"',
      'corsConfiguration is set and protocolType is "WEBSOCKET"; AWS takes it with "HTTP"',
    ],
    [
      { protocolType: "HTTP", corsConfiguration: { allowOrigins: ["*"], allowCredentials: true } },
      'corsConfiguration.allowCredentials is true and allowOrigins has "*"; AWS takes it with origins by name',
    ],
    [{ protocolType: "WEBSOCKET", routeSelectionExpression: "$request.body.action" }],
    [{ protocolType: "HTTP", corsConfiguration: { allowOrigins: ["*"] } }],
  ],
  "http-route": [
    [
      { authorizationType: "JWT", target: "a1b2c3d" },
      'authorizerId is left out; AWS needs it where authorizationType is "JWT"',
      'target is another string (not shown, as it may be secret); AWS takes "integrations/" and the id of an integration',
    ],
    [{ authorizationType: "AWS_IAM", target: UNKNOWN }],
    [{ authorizationType: "CUSTOM", authorizerId: UNKNOWN }],
  ],
  "http-integration": [
    [
      { timeoutMilliseconds: 60000, payloadFormatVersion: "3.0" },
      "timeoutMilliseconds is 60000; AWS takes a whole number from 50 to 30000",
      'payloadFormatVersion is "3.0"; AWS takes "1.0", "2.0"',
    ],
    [{ timeoutMilliseconds: 30000, payloadFormatVersion: "1.0" }],
  ],
  "http-stage": [
    [
      { name: "v1/orders" },
      'name is another string (not shown, as it may be secret); AWS takes "$default", or letters, digits, - and _',
    ],
    [{ name: "v1" }],
  ],
  "http-authorizer": [
    [{ authorizerType: "JWT" }, 'jwtConfiguration is left out; AWS needs it where authorizerType is "JWT"'],
    [
      { authorizerType: "REQUEST" },
      'authorizerUri is left out; AWS needs it where authorizerType is "REQUEST"',
    ],
    [{ authorizerType: UNKNOWN }],
  ],
  "rest-method": [
    [
      { httpMethod: "get", authorization: "CUSTOM" },
      'httpMethod is "get"; AWS takes "ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"',
      'authorizerId is left out; AWS needs it where authorization is "CUSTOM"',
    ],
    [{ httpMethod: "ANY", authorization: "AWS_IAM" }],
  ],
  "rest-integration": [
    [
      { type: "HTTP_PROXY", httpMethod: "GET", uri: "https://a.example.com", timeoutMilliseconds: 20 },
      "timeoutMilliseconds is 20; AWS takes a whole number from 50 to 300000",
      'integrationHttpMethod is left out; AWS needs it where type is "HTTP_PROXY"',
    ],
    [
      {
        type: "AWS_PROXY",
        httpMethod: "GET",
        integrationHttpMethod: "POST",
        uri: "arn:aws:lambda:eu-west-1:123456789012:function:store",
      },
      "uri is another string (not shown, as it may be secret); AWS takes an ARN of API Gateway, such as a function's invokeArn",
    ],
    [
      { type: "MOCK", httpMethod: "OPTIONS", responseTransferMode: "STREAM", timeoutMilliseconds: 900_001 },
      "timeoutMilliseconds is 900001; AWS takes a whole number from 50 to 900000",
    ],
    [
      { type: "MOCK", httpMethod: "OPTIONS", responseTransferMode: "BUFFERED", timeoutMilliseconds: 300_001 },
      "timeoutMilliseconds is 300001; AWS takes a whole number from 50 to 300000",
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
      "pathPart is another string (not shown, as it may be secret); AWS takes one part of a path, without a slash; each part is a resource",
    ],
    [{ pathPart: "{proxy+}" }],
    [{ pathPart: "v1.0-a_b" }],
  ],
  "graphql-authentication": [
    [
      { authenticationType: "AMAZON_COGNITO_USER_POOLS" },
      'userPoolConfig is left out; AWS needs it where authenticationType is "AMAZON_COGNITO_USER_POOLS"',
    ],
    [{ authenticationType: "API_KEY" }],
    [{ authenticationType: "AWS_LAMBDA", lambdaAuthorizerConfig: UNKNOWN }],
  ],
  "graphql-source": [
    [{ type: "AWS_LAMBDA" }, 'lambdaConfig is left out; AWS needs it where type is "AWS_LAMBDA"'],
    [{ type: "AMAZON_DYNAMODB", dynamodbConfig: { tableName: "a" } }],
  ],
  "pool-names": [
    [
      { usernameAttributes: ["email"], aliasAttributes: ["email"] },
      "aliasAttributes and usernameAttributes are both set; AWS takes one of them",
    ],
    [{ aliasAttributes: ["email"] }],
  ],
  "pool-factors": [
    [
      { mfaConfiguration: "ON" },
      "emailMfaConfiguration, smsConfiguration, softwareTokenMfaConfiguration and webAuthnConfiguration are all left out; AWS takes one at least of them",
    ],
    [{ mfaConfiguration: "OFF" }],
    [{ mfaConfiguration: "OPTIONAL", smsConfiguration: UNKNOWN }],
  ],
  "pool-domain": [
    [
      { domain: "Store_Login" },
      "domain is another string (not shown, as it may be secret); AWS takes a-z, 0-9, - and .",
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
      "accessTokenValidity is 25 and counts hours; AWS takes 5 minutes to a day",
      "idTokenValidity is 4 and counts minutes; AWS takes 5 minutes to a day",
      "refreshTokenValidity is 59 and counts minutes; AWS takes 60 minutes to 3650 days",
    ],
    [
      {
        accessTokenValidity: 299,
        refreshTokenValidity: 3651,
        tokenValidityUnits: { accessToken: "seconds" },
      },
      "accessTokenValidity is 299 and counts seconds; AWS takes 5 minutes to a day",
      "refreshTokenValidity is 3651 and counts days; AWS takes 60 minutes to 3650 days",
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
      "callbackUrls[0] is another string (not shown, as it may be secret); AWS takes https, and http of localhost alone",
      "logoutUrls[0] is another string (not shown, as it may be secret); AWS takes https, and http of localhost alone",
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
