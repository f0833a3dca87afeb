import type { ClientCertificateMode } from "../load-balancer/client-certificates";

/**
 * Prefix of the headers in which a load balancer passes on who has signed in. Without a login, the load
 * balancer forwards such headers from clients unchanged.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding
 */
const LOGIN_HEADERS = "x-amzn-oidc- -m beg";

/**
 * For each client certificate mode, the certificate headers that a load balancer doesn't write and forwards
 * from clients unchanged. It writes the chain in one header (`passthrough`) or the verified certificate in
 * the others (`verify`).
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html#mtls-http-headers
 */
const FOREIGN_CERTIFICATE_HEADERS: Readonly<Record<ClientCertificateMode | "off", string>> = {
  off: "x-amzn-mtls- -m beg",
  verify: "x-amzn-mtls-clientcert",
  passthrough: "x-amzn-mtls-clientcert- -m beg",
};

/**
 * Rules of a frontend that remove headers with which a client could impersonate the load balancer.
 *
 * @param login - whether the load balancer passes on who has signed in
 * @param clientCertificates - the load balancer's client certificate mode; undefined for none
 */
export function withoutForgedHeaders(
  login: boolean,
  clientCertificates: ClientCertificateMode | undefined,
): string[] {
  return [...(login ? [] : [LOGIN_HEADERS]), FOREIGN_CERTIFICATE_HEADERS[clientCertificates ?? "off"]].map(
    (headers) => `http-request del-header ${headers}`,
  );
}
