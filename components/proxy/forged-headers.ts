import type { ClientCertificateMode } from "../load-balancer/client-certificates";

/**
 * What the names of headers begin with by which a load balancer says who has signed in. Without a login, it passes on what
 * a client has written there.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding
 */
const LOGIN_HEADERS = "x-amzn-oidc- -m beg";

/**
 * By what a load balancer does with clients' certificates, the headers about them that it doesn't write, and passes on as a
 * client has written them: it writes the chain, in one header, or what it has verified, in the others.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html#mtls-http-headers
 */
const FOREIGN_CERTIFICATE_HEADERS: Readonly<Record<ClientCertificateMode | "off", string>> = {
  off: "x-amzn-mtls- -m beg",
  verify: "x-amzn-mtls-clientcert",
  passthrough: "x-amzn-mtls-clientcert- -m beg",
};

/**
 * Rules of a frontend that take off what a client says of itself in the load balancer's name.
 *
 * @param login - whether the load balancer writes who has signed in
 * @param clientCertificates - what it does with clients' certificates; undefined for nothing
 */
export function withoutForgedHeaders(
  login: boolean,
  clientCertificates: ClientCertificateMode | undefined,
): string[] {
  return [...(login ? [] : [LOGIN_HEADERS]), FOREIGN_CERTIFICATE_HEADERS[clientCertificates ?? "off"]].map(
    (headers) => `http-request del-header ${headers}`,
  );
}
