import type { Statement } from "../../components/fleet/instance-grants";
import { parseCidr } from "../../components/network/cidr";
import type { Settings } from "../settings";
import { formatted, integer, mapOf, matching, oneOf, optional, text, texts } from "../settings/fields";

/**
 * An action of IAM, with wildcards in its name but not in its service.
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

/** What the application reaches beside its visitors: AWS, and what is not on port 443. */
export const accessFields = {
  permissions: mapOf(
    {
      actions: texts({
        description: "Actions of IAM that the application may take.",
        allowed: "1 to 50 actions, each a service and a name with wildcards, such as sqs:Send*",
        example: "sqs:SendMessage",
        minItems: 1,
        maxItems: 50,
        items: ACTION,
      }),
      resources: texts({
        description: "ARNs of what it may take them on.",
        allowed: "1 to 50 ARNs, with wildcards, or * for actions without any",
        example: "arn:aws:sqs:eu-west-1:123456789012:orders",
        minItems: 1,
        maxItems: 50,
        items: RESOURCE,
      }),
    },
    {
      description:
        "What the application may do in AWS, beside reading its release and environment; statements of the instances' role, by a name of yours. Containers reach the metadata service then, for the role's credentials.",
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
          allowed: "an IPv4 range without bits set behind the prefix",
          example: "10.20.0.0/16",
          of: formatted("ipv4-range", (range) => parseCidr(range) !== undefined),
        }),
      ),
      securityGroupId: optional(
        text({
          description: "Security group that it connects to, of this VPC or of a peered one.",
          allowed: "the id of a security group",
          example: "sg-0123456789abcdef0",
          of: matching(/^sg-[0-9a-f]{8,17}$/),
        }),
      ),
    },
    {
      description:
        "What instances connect to beside HTTPS, which is open to everywhere: databases, caches, mail; a rule of their security group each, by a name of yours.",
      example: "egress: { postgres: { port: 5432, cidr: 10.20.0.0/16 } }",
      atMost: 20,
    },
  ),
} as const;

/** The statements of the settings' permissions; sorted, so that another order changes no policy. */
export function permissionStatements({ application: { permissions } }: Settings): Statement[] {
  return Object.entries(permissions)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { actions, resources }]) => ({ Effect: "Allow", Action: actions, Resource: resources }));
}

/** A container has the role's credentials if it may do anything with them: two hops to the metadata service. */
export function metadataHopsOf({ application: { source, permissions } }: Settings): 1 | 2 {
  return source === "container" && Object.keys(permissions).length > 0 ? 2 : 1;
}

/**
 * By service of IAM, its interface endpoint; undefined for those that gateways or Session Manager's endpoints lead to.
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

/** The services that the permissions name, as IAM does. */
function permittedServices({ application: { permissions } }: Settings): string[] {
  const actions = Object.values(permissions).flatMap(({ actions }) => actions);
  return [...new Set(actions.map(serviceOf))].sort();
}

/** The interface endpoints that the permissions need where there is no NAT gateway. */
export function permittedEndpoints(settings: Settings): string[] {
  return permittedServices(settings).flatMap((service) => ENDPOINTS.get(service) ?? []);
}

/** Whether the application uses DynamoDB by permissions of its own. */
export function usesDynamodb(settings: Settings): boolean {
  return permittedServices(settings).includes("dynamodb");
}

/** The service of an action of IAM. */
export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}
