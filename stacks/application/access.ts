import type { Statement } from "../../components/fleet/instance-grants";
import { parseCidr } from "../../components/network/cidr";
import type { Settings } from "../settings";
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

/** The policy statements of the permissions, sorted, so that their order in the settings does not change the policy. */
export function permissionStatements({ application: { permissions } }: Settings): Statement[] {
  return Object.entries(permissions)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { actions, resources }]) => ({ Effect: "Allow", Action: actions, Resource: resources }));
}

/** A container with permissions needs the role's credentials, and so two hops to the metadata service. */
export function metadataHopsOf({ application: { source, permissions } }: Settings): 1 | 2 {
  return source === "container" && Object.keys(permissions).length > 0 ? 2 : 1;
}

/**
 * The interface endpoint of each IAM service; undefined for services with a gateway endpoint, or that Session Manager's
 * endpoints cover.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const ENDPOINTS: ReadonlyMap<string, string | undefined> = new Map([
  ["s3", undefined],
  ["dynamodb", undefined],
  ["ssm", undefined],
  ["cloudwatch", "monitoring"],
  ["events", "events"],
  ["firehose", "kinesis-firehose"],
  ["kinesis", "kinesis-streams"],
  ["kms", "kms"],
  ["lambda", "lambda"],
  ["logs", "logs"],
  ["secretsmanager", "secretsmanager"],
  ["sns", "sns"],
  ["sqs", "sqs"],
  ["states", "states"],
  ["sts", "sts"],
]);

/** The services in the permissions, by their IAM prefixes. */
function permittedServices({ application: { permissions } }: Settings): string[] {
  const actions = Object.values(permissions).flatMap(({ actions }) => actions);
  return [...new Set(actions.map(serviceOf))].sort();
}

/** The interface endpoints that the permissions need without a NAT gateway. */
export function permittedEndpoints(settings: Settings): string[] {
  return permittedServices(settings).flatMap((service) => ENDPOINTS.get(service) ?? []);
}

/** Whether the application's permissions include DynamoDB. */
export function usesDynamodb(settings: Settings): boolean {
  return permittedServices(settings).includes("dynamodb");
}

/** The service of an IAM action. */
export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}
