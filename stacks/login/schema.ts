import * as v from "valibot";

import { CLAIM_FORMATS, UNAUTHENTICATED_REQUESTS } from "../../components/load-balancer/authentication";
import { formatted, group, integer, mapOf, matching, oneOf, optional, text, words } from "../settings/fields";

/**
 * A URL of an identity provider: HTTPS, a host and a path, no query, no user, no fragment.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html
 */
const PROVIDER_URL = formatted(
  "provider-url",
  (url) => URL.canParse(url) && new URL(url).username === "",
  /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*)?$/,
);

/**
 * The same, as short as the load balancer takes it for tokens.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionConfig.html
 */
const TOKEN_URL = v.pipe(PROVIDER_URL, v.maxLength(256));

/**
 * What the load balancer itself asks: it gets out to port 443 only.
 *
 * @see https://repost.aws/knowledge-center/elb-configure-authentication-alb
 */
const ASKED_URL = formatted(
  "asked-url",
  (url) => URL.canParse(url) && new URL(url).port === "",
  /^https:\/\/[A-Za-z0-9.-]+(:443)?(\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*)?$/,
);

const URL_WORDS = "a URL of HTTPS with host and path, without query";

/** A field that is a URL of an identity provider. */
const providerUrl = (description: string, example: string) =>
  text({ description, allowed: URL_WORDS, example, of: PROVIDER_URL });

/** A field that is a URL which the load balancer itself asks. */
const askedUrl = (description: string, example: string) =>
  text({ description, allowed: `${URL_WORDS}, on port 443`, example, of: ASKED_URL });

/** What a route, or an application, asks visitors for. */
export const accessFields = {
  access: optional(
    oneOf(["public", "login", "token"], {
      description:
        "Who gets in: everybody (public), who has signed in (login), or programs with a token (token; login.jwt says of whom). Without, login where the stack has one, otherwise public.",
      example: "public",
    }),
  ),
  onUnauthenticatedRequest: optional(
    oneOf(UNAUTHENTICATED_REQUESTS, {
      description:
        "What becomes of a request of somebody who has not signed in: authenticate sends him to sign in, allow lets him through, deny answers 401. Without, as login.onUnauthenticatedRequest says.",
      example: "deny",
    }),
  ),
} as const;

/** Who signs in, and how. */
export const schema = {
  login: group(
    {
      oidc: optional(
        group(
          {
            issuer: providerUrl(
              "Issuer, as the provider's /.well-known/openid-configuration says, like the endpoints.",
              "https://id.example.com",
            ),
            authorizationEndpoint: providerUrl("Where visitors sign in.", "https://id.example.com/authorize"),
            tokenEndpoint: askedUrl(
              "Where the load balancer exchanges codes for tokens.",
              "https://id.example.com/token",
            ),
            userInfoEndpoint: askedUrl(
              "Where the load balancer asks who has signed in.",
              "https://id.example.com/userinfo",
            ),
            clientId: text({
              description: "Id of the client that the provider has for the store.",
              allowed: "1 to 256 visible ASCII characters",
              example: "web-store",
              of: matching(/^[\x21-\x7e]+$/, 256),
            }),
            clientSecretArn: text({
              description:
                "ARN of the secret in Secrets Manager that holds the client's secret, as plain text. The deployment reads it; a new value takes effect with the next one.",
              allowed: "the ARN of a secret in Secrets Manager",
              example: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:web-store-login-AbCdEf",
              // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
              of: matching(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+$/),
            }),
          },
          {
            description: "A provider of OpenID Connect, such as Okta, Auth0, Keycloak or Google.",
            example:
              "oidc: { issuer: https://id.example.com, authorizationEndpoint: https://id.example.com/authorize, tokenEndpoint: https://id.example.com/token, userInfoEndpoint: https://id.example.com/userinfo, clientId: web-store, clientSecretArn: arn:aws:secretsmanager:eu-west-1:123456789012:secret:web-store-login-AbCdEf }",
          },
        ),
      ),
      cognito: optional(
        group(
          {
            userPoolArn: text({
              description: "ARN of the user pool.",
              allowed: "the ARN of a user pool of Cognito",
              example: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
              // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
              of: matching(
                /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[a-z0-9-]+_[0-9A-Za-z]+$/,
              ),
            }),
            clientId: text({
              description: "Id of the pool's client for the store; the client has a secret.",
              allowed: "1 to 128 letters and digits",
              example: "1example23456789",
              // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html (ClientId)
              of: matching(/^[A-Za-z0-9]+$/, 128),
            }),
            domain: text({
              description: "The prefix of the pool's domain, or a domain of its own.",
              allowed: "1 to 63 small letters, digits, hyphens and dots",
              example: "shop-customers",
              // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DomainDescriptionType.html (Domain)
              of: matching(/^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/),
            }),
          },
          {
            description: "A user pool of Amazon Cognito.",
            example:
              "cognito: { userPoolArn: arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI, clientId: 1example23456789, domain: shop-customers }",
          },
        ),
      ),
      jwt: optional(
        group(
          {
            issuer: text({
              description: "The claim iss of the tokens.",
              allowed: URL_WORDS,
              example: "https://id.example.com",
              of: TOKEN_URL,
            }),
            jwksEndpoint: text({
              description:
                "Where the issuer's public keys are, which anybody has to be able to read: 10 keys and 150 KB at most.",
              allowed: `${URL_WORDS}, on port 443`,
              example: "https://id.example.com/.well-known/jwks.json",
              of: v.pipe(ASKED_URL, v.maxLength(256)),
            }),
            claims: mapOf(
              {
                format: oneOf(CLAIM_FORMATS, {
                  description:
                    "How the claim comes: one text, a list of texts, or texts separated by spaces.",
                  default: "single-string",
                }),
                values: words({
                  description: "What the claim must have.",
                  allowed: "1 to 10 texts of up to 256 characters",
                  example: "orders.write",
                  items: matching(/^[^\x00-\x1f\x7f]+$/, 256),
                  minItems: 1,
                  maxItems: 10,
                }),
              },
              {
                description:
                  "Further claims that a token must have, by their names: an audience, a scope, a client. The load balancer checks iss and exp, and nbf and iat where they are there.",
                example: "claims: { aud: { values: [orders-api] } }",
                atMost: 10,
                names: {
                  of: matching(/^[\x21-\x7e]+$/, 256),
                  allowed: "names of claims: 1 to 256 visible ASCII characters",
                },
              },
            ),
          },
          {
            description:
              "JSON Web Tokens that programs show in the header Authorization, signed by RS256, for routes and applications with access: token.",
            example:
              "jwt: { issuer: https://id.example.com, jwksEndpoint: https://id.example.com/.well-known/jwks.json }",
          },
        ),
      ),
      scope: text({
        description: "OAuth scopes that the store asks the provider for.",
        default: "openid",
        allowed: "scopes separated by single spaces, openid among them",
        example: "openid email",
        of: formatted(
          "oauth-scope",
          (scope) => scope.split(" ").includes("openid"),
          // https://www.rfc-editor.org/rfc/rfc6749#section-3.3
          /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/,
        ),
      }),
      sessionTimeoutSeconds: integer(1, 604_800, {
        description: "Seconds that a visitor stays signed in; 604,800 are seven days.",
        default: 604_800,
      }),
      onUnauthenticatedRequest: oneOf(UNAUTHENTICATED_REQUESTS, {
        description:
          "What becomes of a request of somebody who has not signed in, where no route says otherwise: authenticate sends him to sign in, allow lets him through, deny answers 401.",
        default: "authenticate",
      }),
    },
    {
      description:
        "A login at the load balancer, by OpenID Connect or Amazon Cognito. Everything needs it but what routes and applications with access: public name: docs/login.md.",
      example:
        "login: { cognito: { userPoolArn: arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI, clientId: 1example23456789, domain: shop-customers } }",
    },
  ),
} as const;
