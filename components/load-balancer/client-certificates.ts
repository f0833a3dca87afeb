import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * What a load balancer does with a client's certificate, in AWS's terms: `verify` checks it against a trust
 * store and refuses connections without a valid one; `passthrough` passes it, if there is one, to the
 * application unverified.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html (Mode)
 */
export const CLIENT_CERTIFICATE_MODES = ["verify", "passthrough"] as const;

/** One of {@link CLIENT_CERTIFICATE_MODES}. */
export type ClientCertificateMode = (typeof CLIENT_CERTIFICATE_MODES)[number];

/** How a load balancer requests certificates from clients (mutual TLS). */
export type ClientCertificates =
  | { readonly mode: "passthrough" }
  | {
      readonly mode: "verify";
      /** ARN of the trust store with the certificate authorities that sign clients' certificates. */
      readonly trustStoreArn: pulumi.Input<string>;
      /** Whether the authorities' names are sent to clients, which use them to choose a certificate. */
      readonly advertiseCaNames: boolean;
      /** Whether clients' expired certificates are accepted. */
      readonly ignoreExpiry: boolean;
    };

/**
 * The listener's `mutualAuthentication`. Without client certificates the mode is `off` instead of omitted,
 * because the provider leaves a listener unchanged if the property is missing.
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
