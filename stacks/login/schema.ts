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
 * The same, with the maximum length that the load balancer allows for tokens.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionConfig.html
 */
const TOKEN_URL = v.pipe(PROVIDER_URL, v.maxLength(256));

/**
 * A URL to which the load balancer itself sends requests, on port 443 only.
 *
 * @see https://repost.aws/knowledge-center/elb-configure-authentication-alb
 */
const ASKED_URL = formatted(
  "asked-url",
  (url) => URL.canParse(url) && new URL(url).port === "",
  /^https:\/\/[A-Za-z0-9.-]+(:443)?(\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*)?$/,
);

const URL_WORDS = "an HTTPS URL with host and path, without query";

/** A field that is a URL of an identity provider. */
const providerUrl = (description: string, example: string) =>
  text({ description, allowed: URL_WORDS, example, of: PROVIDER_URL });

/** A field with a URL to which the load balancer itself sends requests. */
const askedUrl = (description: string, example: string) =>
  text({ description, allowed: `${URL_WORDS}, on port 443`, example, of: ASKED_URL });

/** Settings for who gets access to a route or an application. */
export const accessFields = {
  access: optional(
    oneOf(["public", "login", "token"], {
      description:
        "Who gets access: everybody (public), visitors who have signed in (login), or programs with a token of login.jwt (token). If not set, login if the stack has one, otherwise public.",
      example: "public",
    }),
  ),
  onUnauthenticatedRequest: optional(
    oneOf(UNAUTHENTICATED_REQUESTS, {
      description:
        "How a request from a visitor who has not signed in is handled: authenticate redirects to the login, allow lets it through, deny answers 401. If not set, login.onUnauthenticatedRequest applies.",
      example: "deny",
    }),
  ),
} as const;

/** Settings for logins and tokens. */
export const schema = {
  login: group(
    {
      oidc: optional(
        group(
          {
            issuer: providerUrl(
              "Issuer; the provider's /.well-known/openid-configuration has it and the endpoints.",
              "https://id.example.com",
            ),
            authorizationEndpoint: providerUrl(
              "URL at which visitors sign in.",
              "https://id.example.com/authorize",
            ),
            tokenEndpoint: askedUrl(
              "URL at which the load balancer exchanges codes for tokens.",
              "https://id.example.com/token",
            ),
            userInfoEndpoint: askedUrl(
              "URL at which the load balancer requests the user's claims.",
              "https://id.example.com/userinfo",
            ),
            clientId: text({
              description: "Client ID of the store at the provider.",
              allowed: "1 to 256 visible ASCII characters",
              example: "web-store",
              of: matching(/^[\x21-\x7e]+$/, 256),
            }),
            clientSecretArn: text({
              description:
                "ARN of the secret in Secrets Manager that holds the client secret, as plain text. The deployment reads it; a new value takes effect with the next deployment.",
              allowed: "the ARN of a secret in Secrets Manager",
              example: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:web-store-login-AbCdEf",
              // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
              of: matching(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+$/),
            }),
          },
          {
            description: "An OpenID Connect provider, such as Okta, Auth0, Keycloak or Google.",
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
              allowed: "the ARN of a Cognito user pool",
              example: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
              // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
              of: matching(
                /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[a-z0-9-]+_[0-9A-Za-z]+$/,
              ),
            }),
            clientId: text({
              description: "ID of the pool's client for the store, which must have a secret.",
              allowed: "1 to 128 letters and digits",
              example: "1example23456789",
              // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
              // (ClientId)
              of: matching(/^[A-Za-z0-9]+$/, 128),
            }),
            domain: text({
              description: "The prefix of the pool's domain, or its custom domain.",
              allowed: "1 to 63 lowercase letters, digits, hyphens and dots",
              example: "shop-customers",
              // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DomainDescriptionType.html
              // (Domain)
              of: matching(/^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/),
            }),
          },
          {
            description: "An Amazon Cognito user pool.",
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
                "URL of the issuer's public keys, which must be publicly readable: at most 10 keys and 150 KB.",
              allowed: `${URL_WORDS}, on port 443`,
              example: "https://id.example.com/.well-known/jwks.json",
              of: v.pipe(ASKED_URL, v.maxLength(256)),
            }),
            claims: mapOf(
              {
                format: oneOf(CLAIM_FORMATS, {
                  description:
                    "Format of the claim: one string, a list of strings, or strings separated by spaces.",
                  default: "single-string",
                }),
                values: words({
                  description: "Values that the claim must contain.",
                  allowed: "1 to 10 strings of up to 256 characters",
                  example: "orders.write",
                  items: matching(/^[^\x00-\x1f\x7f]+$/, 256),
                  minItems: 1,
                  maxItems: 10,
                }),
              },
              {
                description:
                  "Further claims that a token must have, by name: an audience, a scope, a client. The load balancer always checks iss and exp, and nbf and iat if present.",
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
              "JSON Web Tokens that programs send in the Authorization header, signed with RS256, for routes and applications with access: token.",
            example:
              "jwt: { issuer: https://id.example.com, jwksEndpoint: https://id.example.com/.well-known/jwks.json }",
          },
        ),
      ),
      scope: text({
        description: "OAuth scopes that the store requests from the provider.",
        default: "openid",
        allowed: "scopes separated by single spaces, including openid",
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
          "How a request from a visitor who has not signed in is handled, unless a route says otherwise: authenticate redirects to the login, allow lets it through, deny answers 401.",
        default: "authenticate",
      }),
    },
    {
      description:
        "A login at the load balancer, with OpenID Connect or Amazon Cognito. Everything needs it except routes and applications with access: public; see docs/login.md.",
      example:
        "login: { cognito: { userPoolArn: arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI, clientId: 1example23456789, domain: shop-customers } }",
    },
  ),
} as const;
