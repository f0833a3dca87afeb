import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * What a load balancer does with a request of somebody who has not signed in: send him to sign in, let him through, or
 * answer 401.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html (OnUnauthenticatedRequest)
 */
export const UNAUTHENTICATED_REQUESTS = ["authenticate", "allow", "deny"] as const;

/** One of {@link UNAUTHENTICATED_REQUESTS}. */
export type UnauthenticatedRequest = (typeof UNAUTHENTICATED_REQUESTS)[number];

/** An identity provider that speaks OpenID Connect, and the client that the load balancer is to it. All URLs are of HTTPS. */
export interface OidcProvider {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userInfoEndpoint: string;
  readonly clientId: string;
  /** A secret output. */
  readonly clientSecret: pulumi.Output<string>;
}

/** A user pool of Amazon Cognito, and the client that the load balancer is to it. */
export interface CognitoProvider {
  readonly userPoolArn: string;
  readonly userPoolClientId: string;
  /** The prefix of Cognito's own domain, or a domain of one's own. */
  readonly userPoolDomain: string;
}

/** How visitors sign in. Exactly one of {@link oidc} and {@link cognito}. */
export interface Login {
  readonly oidc?: OidcProvider | undefined;
  readonly cognito?: CognitoProvider | undefined;
  /** OAuth scopes, separated by spaces, `openid` among them. */
  readonly scope: string;
  /** Seconds that a visitor stays signed in, 1 to 604,800 (7 days). */
  readonly sessionTimeoutSeconds: number;
}

/**
 * How a claim of a token comes: as one text, a list of texts, or texts separated by spaces.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionAdditionalClaim.html (Format)
 */
export const CLAIM_FORMATS = ["single-string", "string-array", "space-separated-values"] as const;

/** Which JSON Web Tokens let a request in: those that the issuer has signed, by RS256, and that have not expired. */
export interface TokenIssuer {
  /** The claim `iss` of its tokens. */
  readonly issuer: string;
  /** URL of HTTPS of its public keys, 10 of them and 150 KB at most, which anybody may read. */
  readonly jwksEndpoint: string;
  /** Further claims that a token must have, by their names. */
  readonly claims: Readonly<
    Record<string, { readonly format: (typeof CLAIM_FORMATS)[number]; readonly values: readonly string[] }>
  >;
}

/** What a request has to show. */
export type Access =
  | { readonly type: "public" }
  | { readonly type: "token"; readonly tokens: TokenIssuer }
  | {
      readonly type: "login";
      readonly login: Login;
      readonly onUnauthenticatedRequest: UnauthenticatedRequest;
    };

/** A listener's or rule's action that looks at who asks. */
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
 * The actions of a listener or rule: who asks is looked at first, then the request goes where `action` says. An action that
 * is alone has no order, as before there was any login.
 *
 * @param action - the last one: it forwards, redirects or answers
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
