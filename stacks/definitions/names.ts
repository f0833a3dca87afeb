import { KEY_ALGORITHMS } from "../../components/certificate/key-algorithms";
import { integer, oneOf, optionalText, text, texts } from "../setting-types";
import { DNS_NAME, DNS_NAME_OR_WILDCARD } from "./formats";

/** The store's names, and the certificate that covers them. */
export const names = {
  domainName: text({
    description: "Name that customers type, in the hosted zone.",
    allowed: "a DNS name in lower case, 64 characters at most",
    example: "store.example.com",
    // Becomes the certificate's common name, limited by https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1
    ...DNS_NAME,
    maxLength: 64,
  }),
  hostedZoneName: text({
    description: "Route 53 public hosted zone, in the same AWS account, for the store's records.",
    allowed: "a DNS name in lower case",
    example: "example.com",
    ...DNS_NAME,
  }),
  subjectAlternativeNames: texts({
    description:
      "Further names on the certificate. Each leads to the store, but for wildcards: those you point yourself.",
    default: Object.freeze([]),
    allowed: "up to 9 different DNS names in lower case, with or without a leading *.",
    example: "www.store.example.com",
    // ACM's quota is 10 names a certificate: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
    maxItems: 9,
    items: DNS_NAME_OR_WILDCARD,
  }),
  certificateArn: optionalText({
    description:
      "ARN of an issued ACM certificate that covers all the names; empty to have the stack create and validate one.",
    allowed: "the ARN of a certificate in ACM, or an empty text",
    example: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html
    pattern: /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9A-Za-z-]+$/,
  }),
  certificateKeyAlgorithm: oneOf(KEY_ALGORITHMS, {
    description: "Key of the certificate that the stack creates: ECDSA (P-256, P-384) or RSA.",
    default: "EC_prime256v1",
  }),
  certificateValidationMinutes: integer(1, 120, {
    description:
      "Minutes that ACM has to validate the names before the deployment fails; five are usually enough.",
    default: 15,
  }),
} as const;
