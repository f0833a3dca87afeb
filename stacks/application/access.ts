import type { Statement } from "../../components/fleet/instance-grants";
import type { Settings } from "../settings/schema";

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
