import { KEY_ALGORITHMS } from "../../components/certificate/certificate";
import { DNS_NAME, MAX_NAME } from "../dns/schema";
import { group, integer, matching, oneOf, optional, text, texts } from "../settings/fields";

/** A DNS name, or one with `*` as its first label. */
const NAME_OR_WILDCARD = new RegExp(`^(\\*\\.)?${DNS_NAME}$`);

/** The certificate that covers the store's names. */
export const schema = {
  certificate: group(
    {
      subjectAlternativeNames: texts({
        description:
          "Further names of the store. The first nine are on its certificate, the others on further certificates. The stack points each to the store, except wildcards, which you point yourself.",
        default: Object.freeze([]),
        allowed: "up to 100 different lowercase DNS names, with or without a leading *.",
        example: "www.store.example.com",
        maxItems: 100,
        items: matching(NAME_OR_WILDCARD, MAX_NAME),
      }),
      arn: optional(
        text({
          description:
            "ARN of an issued ACM certificate that covers all names; if not set, the stack creates and validates one.",
          allowed: "the ARN of a certificate in ACM",
          example: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
          // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html
          of: matching(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9A-Za-z-]+$/),
        }),
      ),
      keyAlgorithm: oneOf(KEY_ALGORITHMS, {
        description: "Key of the certificate that the stack creates: ECDSA (P-256, P-384) or RSA.",
        default: "EC_prime256v1",
      }),
      validationMinutes: integer(1, 120, {
        description:
          "Minutes that the deployment waits for ACM to validate the names before it fails; five are usually enough.",
        default: 15,
      }),
    },
    {
      description: "The certificate of the balancers: the stack's own, unless arn names another.",
      example: "certificate: { subjectAlternativeNames: [www.store.example.com] }",
    },
  ),
} as const;
