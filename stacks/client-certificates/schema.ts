import { CLIENT_CERTIFICATE_MODES } from "../../components/load-balancer/client-certificates";
import { boolean, formatted, group, oneOf, optional, text, texts } from "../settings/fields";

/**
 * Maximum number of revocation lists of a trust store.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#certificates-quotas
 */
const MOST_REVOCATION_LISTS = 30;

/** The path of a PEM file, relative to the folder of Pulumi.yaml unless it begins with `/`. */
const PEM_FILE = formatted("pem-file", (path) => path.trim() === path, /^[A-Za-z0-9_./ -]{1,255}$/);

/** Settings for the certificates that clients present. */
export const schema = {
  clientCertificates: optional(
    group(
      {
        mode: oneOf(CLIENT_CERTIFICATE_MODES, {
          description:
            "How clients' certificates are handled: the load balancer verifies them and refuses other clients (verify), or passes them on unverified (passthrough).",
          example: "verify",
        }),
        caBundle: optional(
          text({
            description:
              "Path of a PEM file with the certificates of the authorities that sign clients' certificates, relative to the folder of Pulumi.yaml; with verify.",
            allowed: "the path of a PEM file, of letters, digits, spaces and _ . / -",
            example: "client-ca.pem",
            of: PEM_FILE,
          }),
        ),
        revocationLists: texts({
          description: "Paths of PEM files, each with a certificate revocation list of these authorities.",
          default: Object.freeze([]),
          allowed: `up to ${MOST_REVOCATION_LISTS} different paths of PEM files`,
          example: "client-crl.pem",
          maxItems: MOST_REVOCATION_LISTS,
          items: PEM_FILE,
        }),
        advertiseCaNames: boolean({
          description:
            "Whether the load balancer tells clients the names of the authorities, so that browsers and other clients offer only their certificates.",
          default: false,
        }),
        ignoreExpiry: boolean({
          description: "Whether expired client certificates are accepted.",
          default: false,
        }),
      },
      {
        description:
          "Client certificates, which the load balancer requests from all clients (mutual TLS): docs/login.md. If not set, it requests none.",
        example: "clientCertificates: { mode: verify, caBundle: client-ca.pem }",
      },
    ),
  ),
} as const;
