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

/** What a request has to show. */
export type Access =
  | { readonly type: "public" }
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
 */
export function actionsFor<A extends { readonly type: pulumi.Input<string> }>(
  access: Access,
  action: A,
): (AuthenticationAction | (A & { readonly order?: number }))[] {
  if (access.type === "public") return [action];
  return [authenticationAction(access), { ...action, order: 2 }];
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
