import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Access, Login } from "../../components/load-balancer/authentication";
import type { Settings } from "../settings/schema";
import { accessOf, type AccessRule } from "./access";

/** The login of the settings; undefined without one. Reads the client secret, which remains a Pulumi secret. */
export function build({
  login: { oidc, cognito, scope, sessionTimeoutSeconds },
}: Settings): Login | undefined {
  const session = { scope, sessionTimeoutSeconds };
  if (oidc !== undefined) {
    const { clientSecretArn, ...provider } = oidc;
    const { secretString } = aws.secretsmanager.getSecretVersionOutput({ secretId: clientSecretArn });
    return { oidc: { ...provider, clientSecret: pulumi.secret(secretString) }, ...session };
  }
  if (cognito === undefined) return undefined;
  const { userPoolArn, clientId, domain } = cognito;
  return { cognito: { userPoolArn, userPoolClientId: clientId, userPoolDomain: domain }, ...session };
}

/**
 * What a request must present.
 *
 * @param login - the result of {@link build}
 * @param rule - the route or application that takes the request; undefined for none
 */
export function accessBy(
  settings: Settings,
  login: Login | undefined,
  rule?: Pick<AccessRule, "access" | "onUnauthenticatedRequest">,
): Access {
  const { type, onUnauthenticatedRequest } = accessOf(settings, rule);
  if (type === "public") return { type };
  const { jwt } = settings.login;
  if (type === "token") {
    if (jwt === undefined) throw new Error("A constraint refuses access by token without login.jwt.");
    return { type, tokens: jwt };
  }
  if (login === undefined) throw new Error("A constraint refuses access by login without a login.");
  return { type, login, onUnauthenticatedRequest };
}
