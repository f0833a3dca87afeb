import { CLIENT_CERTIFICATE_MODES } from "../../components/load-balancer/client-certificates";
import { boolean, formatted, group, oneOf, optional, text, texts } from "../settings/fields";

/**
 * The most revocation lists of a trust store.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#certificates-quotas
 */
const MOST_REVOCATION_LISTS = 30;

/** The path of a PEM file, from the folder of Pulumi.yaml unless it begins with `/`. */
const PEM_FILE = formatted("pem-file", (path) => path.trim() === path, /^[A-Za-z0-9_./ -]{1,255}$/);

/** What clients have to show when they connect. */
export const schema = {
  clientCertificates: optional(
    group(
      {
        mode: oneOf(CLIENT_CERTIFICATE_MODES, {
          description:
            "What becomes of clients' certificates: the load balancer verifies them and lets nobody else connect (verify), or passes them on unverified (passthrough).",
          example: "verify",
        }),
        caBundle: optional(
          text({
            description:
              "Path of a PEM file with the certificates of the authorities that sign clients' certificates, from the folder of Pulumi.yaml; with verify.",
            allowed: "the path of a PEM file, of letters, digits, spaces and _ . / -",
            example: "client-ca.pem",
            of: PEM_FILE,
          }),
        ),
        revocationLists: texts({
          description: "Paths of PEM files with a certificate revocation list of these authorities each.",
          default: Object.freeze([]),
          allowed: `up to ${MOST_REVOCATION_LISTS} different paths of PEM files`,
          example: "client-crl.pem",
          maxItems: MOST_REVOCATION_LISTS,
          items: PEM_FILE,
        }),
        advertiseCaNames: boolean({
          description:
            "Whether clients are told the names of the authorities: browsers and others then offer certificates of these only.",
          default: false,
        }),
        ignoreExpiry: boolean({
          description: "Whether expired certificates of clients are accepted.",
          default: false,
        }),
      },
      {
        description:
          "Certificates of clients, for which the load balancer asks all who connect (mutual TLS): docs/login.md. Without, it asks for none.",
        example: "clientCertificates: { mode: verify, caBundle: client-ca.pem }",
      },
    ),
  ),
} as const;
