import { parseCidr } from "../../components/network/cidr";
import { formatted, integer, mapOf, matching, oneOf, optional, text, texts } from "../settings/fields";

/**
 * An IAM action, with wildcards in its name but not in its service.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
const ACTION = matching(/^[a-z0-9-]+:[A-Za-z0-9*?]+$/, 128);

/**
 * An ARN, with wildcards, or `*`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
const RESOURCE = matching(/^(\*|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9*-]*:(\d{12}|\*)?:[\x21-\x7e]+)$/, 1011);

/** The application's access to AWS, and to services that are not on port 443. */
export const accessFields = {
  permissions: mapOf(
    {
      actions: texts({
        description: "IAM actions that the application may perform.",
        allowed: "1 to 50 actions, each a service and a name with wildcards, such as sqs:Send*",
        example: "sqs:SendMessage",
        minItems: 1,
        maxItems: 50,
        items: ACTION,
      }),
      resources: texts({
        description: "ARNs of the resources on which it may perform them.",
        allowed: "1 to 50 ARNs, with wildcards, or * for actions without any",
        example: "arn:aws:sqs:eu-west-1:123456789012:orders",
        minItems: 1,
        maxItems: 50,
        items: RESOURCE,
      }),
    },
    {
      description:
        "Permissions of the application in AWS, in addition to reading its release and environment: policy statements of the instances' role, by names of your choice. With permissions, containers can reach the metadata service for the role's credentials.",
      example:
        'permissions: { orders: { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-west-1:123456789012:orders"] } }',
      atMost: 20,
    },
  ),
  egress: mapOf(
    {
      protocol: oneOf(["tcp", "udp"], { description: "Protocol of the port.", default: "tcp" }),
      port: integer(1, 65_535, { description: "Port that the application connects to.", example: 5432 }),
      cidr: optional(
        text({
          description: "IPv4 range that it connects to.",
          allowed: "an IPv4 range without bits set after the prefix",
          example: "10.20.0.0/16",
          of: formatted("ipv4-range", (range) => parseCidr(range) !== undefined),
        }),
      ),
      securityGroupId: optional(
        text({
          description: "Security group that it connects to, in this VPC or a peered one.",
          allowed: "the id of a security group",
          example: "sg-0123456789abcdef0",
          of: matching(/^sg-[0-9a-f]{8,17}$/),
        }),
      ),
    },
    {
      description:
        "What instances may connect to in addition to HTTPS, which may go anywhere: databases, caches, mail. Each entry is a security group rule, by a name of your choice.",
      example: "egress: { postgres: { port: 5432, cidr: 10.20.0.0/16 } }",
      atMost: 20,
    },
  ),
} as const;
