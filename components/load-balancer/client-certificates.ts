import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * What a load balancer does with the certificate of a client, in AWS's words: `verify` it against a trust store and refuse
 * connections without a valid one, or pass it through to the application unverified, if there is one.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html (Mode)
 */
export const CLIENT_CERTIFICATE_MODES = ["verify", "passthrough"] as const;

/** One of {@link CLIENT_CERTIFICATE_MODES}. */
export type ClientCertificateMode = (typeof CLIENT_CERTIFICATE_MODES)[number];

/** How a load balancer asks clients for certificates (mutual TLS). */
export type ClientCertificates =
  | { readonly mode: "passthrough" }
  | {
      readonly mode: "verify";
      /** ARN of the trust store with the certificate authorities that sign clients' certificates. */
      readonly trustStoreArn: pulumi.Input<string>;
      /** Whether clients are told the names of these authorities, by which they choose a certificate. */
      readonly advertiseCaNames: boolean;
      /** Whether expired certificates of clients are accepted. */
      readonly ignoreExpiry: boolean;
    };

/**
 * The listener's property. Without certificates the mode is `off` rather than left out: the provider leaves a listener as
 * it is where the property is missing.
 *
 * @param clientCertificates - undefined for none
 */
export function mutualAuthentication(
  clientCertificates: ClientCertificates | undefined,
): aws.types.input.lb.ListenerMutualAuthentication {
  if (clientCertificates === undefined) return { mode: "off" };
  if (clientCertificates.mode === "passthrough") return { mode: "passthrough" };
  const { mode, trustStoreArn, advertiseCaNames, ignoreExpiry } = clientCertificates;
  return {
    mode,
    trustStoreArn,
    advertiseTrustStoreCaNames: advertiseCaNames ? "on" : "off",
    ignoreClientCertificateExpiry: ignoreExpiry,
  };
}
