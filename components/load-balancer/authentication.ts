import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * What a load balancer does with a request of a visitor who has not signed in: redirect to the login, forward
 * the request, or return 401.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html (OnUnauthenticatedRequest)
 */
export const UNAUTHENTICATED_REQUESTS = ["authenticate", "allow", "deny"] as const;

/** One of {@link UNAUTHENTICATED_REQUESTS}. */
export type UnauthenticatedRequest = (typeof UNAUTHENTICATED_REQUESTS)[number];

/** An OpenID Connect identity provider, and the load balancer's client registration. All URLs use HTTPS. */
export interface OidcProvider {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userInfoEndpoint: string;
  readonly clientId: string;
  /** A secret output. */
  readonly clientSecret: pulumi.Output<string>;
}

/** An Amazon Cognito user pool, and the load balancer's app client. */
export interface CognitoProvider {
  readonly userPoolArn: string;
  readonly userPoolClientId: string;
  /** The prefix of a Cognito domain, or a custom domain. */
  readonly userPoolDomain: string;
}

/** How visitors sign in. Exactly one of {@link oidc} and {@link cognito} is set. */
export interface Login {
  readonly oidc?: OidcProvider | undefined;
  readonly cognito?: CognitoProvider | undefined;
  /** OAuth scopes, separated by spaces, including `openid`. */
  readonly scope: string;
  /** Seconds that a visitor stays signed in, 1 to 604,800 (7 days). */
  readonly sessionTimeoutSeconds: number;
}

/**
 * The format of a token's claim: a string, an array of strings, or values separated by spaces.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionAdditionalClaim.html (Format)
 */
export const CLAIM_FORMATS = ["single-string", "string-array", "space-separated-values"] as const;

/** The issuer whose JSON Web Tokens are accepted, if they are signed with RS256 and have not expired. */
export interface TokenIssuer {
  /** The `iss` claim of its tokens. */
  readonly issuer: string;
  /** HTTPS URL of its public keys, readable without authentication, at most 10 keys and 150 KB. */
  readonly jwksEndpoint: string;
  /** Further claims that a token must have, by name. */
  readonly claims: Readonly<
    Record<string, { readonly format: (typeof CLAIM_FORMATS)[number]; readonly values: readonly string[] }>
  >;
}

/** What a request needs to be accepted. */
export type Access =
  | { readonly type: "public" }
  | { readonly type: "token"; readonly tokens: TokenIssuer }
  | {
      readonly type: "login";
      readonly login: Login;
      readonly onUnauthenticatedRequest: UnauthenticatedRequest;
    };

/** An authentication action of a listener or rule. */
type AuthenticationAction =
  | {
      readonly type: "authenticate-oidc";
      readonly order: number;
      readonly authenticateOidc: OidcProvider & SessionSettings;
    }
  | {
      readonly type: "authenticate-cognito";
      readonly order: number;
      readonly authenticateCognito: CognitoProvider & SessionSettings;
    }
  | {
      readonly type: "jwt-validation";
      readonly order: number;
      readonly jwtValidation: aws.types.input.lb.ListenerRuleActionJwtValidation;
    };

interface SessionSettings {
  readonly scope: string;
  readonly sessionTimeout: number;
  readonly onUnauthenticatedRequest: UnauthenticatedRequest;
}

/**
 * The actions of a listener or rule: authentication first, then `action`. A single action has no order, so
 * that listeners without a login stay unchanged.
 *
 * @param action - the last action: it forwards, redirects or returns a fixed response
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export function actionsFor<A extends { readonly type: pulumi.Input<string> }>(
  access: Access,
  action: A,
): (AuthenticationAction | (A & { readonly order?: number }))[] {
  if (access.type === "public") return [action];
  const first = access.type === "token" ? tokenAction(access.tokens) : authenticationAction(access);
  return [first, { ...action, order: 2 }];
}

function tokenAction({ issuer, jwksEndpoint, claims }: TokenIssuer): AuthenticationAction {
  const additionalClaims = Object.entries(claims).map(([name, { format, values }]) => ({
    name,
    format,
    values: [...values],
  }));
  return { type: "jwt-validation", order: 1, jwtValidation: { issuer, jwksEndpoint, additionalClaims } };
}

function authenticationAction({
  login: { oidc, cognito, scope, sessionTimeoutSeconds },
  onUnauthenticatedRequest,
}: Extract<Access, { type: "login" }>): AuthenticationAction {
  const session = { scope, sessionTimeout: sessionTimeoutSeconds, onUnauthenticatedRequest };
  if (oidc !== undefined)
    return { type: "authenticate-oidc", order: 1, authenticateOidc: { ...oidc, ...session } };
  if (cognito !== undefined)
    return { type: "authenticate-cognito", order: 1, authenticateCognito: { ...cognito, ...session } };
  throw new Error("A login needs a provider: oidc or cognito.");
}
