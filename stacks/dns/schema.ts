import { matching, oneOf, optional, text } from "../settings/fields";

/**
 * A regular expression for DNS names: at least two labels of letters, digits and inner hyphens. The last label has at
 * least two characters and begins with a letter, unlike that of an IP address.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1
 * @see https://www.rfc-editor.org/rfc/rfc3696#section-2
 */
export const DNS_NAME = "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]";

const NAME = new RegExp(`^${DNS_NAME}$`);

/** Maximum length of a DNS name. */
export const MAX_NAME = 253;

/** Settings for the store's name and DNS records. */
export const schema = {
  domainName: text({
    description: "Domain name of the store, which customers enter.",
    allowed: "a lowercase DNS name of at most 64 characters",
    example: "store.example.com",
    // Becomes the certificate's common name, whose length is limited:
    // https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1
    of: matching(NAME, 64),
  }),
  dns: oneOf(["route53", "none"], {
    description:
      "Where the store's public records are: in a hosted zone in Route 53, or outside AWS (none). With none, a deployment prints the records to create, and waits until ACM sees them.",
    default: "route53",
  }),
  hostedZoneName: optional(
    text({
      description: "Route 53 public hosted zone for the store's records; required where dns is route53.",
      allowed: "a DNS name in lower case",
      example: "example.com",
      of: matching(NAME, MAX_NAME),
    }),
  ),
  hostedZoneRoleArn: optional(
    text({
      description:
        "Role to assume for the hosted zone and its records, if the zone is in another AWS account.",
      allowed: "the ARN of an IAM role",
      example: "arn:aws:iam::210987654321:role/store-dns",
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
      of: matching(/^arn:aws[a-z-]*:iam::\d{12}:role(\/[\w+=,.@-]+)+$/),
    }),
  ),
} as const;
