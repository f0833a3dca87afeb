import { AGENT_NAMESPACE, type CloudwatchAgentArgs } from "./boot/cloudwatch-agent";

/** Objects in S3, of any version. */
export interface ObjectGrant {
  /** The bucket's name. */
  readonly bucket: string;
  /** An object's key, or the prefix of several keys followed by `*`. */
  readonly key: string;
}

/**
 * A pattern for the keys of a release and of earlier ones, for {@link ObjectGrant}: all keys in the same
 * folder. An instance may boot from an earlier release while a deployment is in progress or after a rollback.
 *
 * @param key - the release's own key
 * @returns the key itself if it is in no folder, because the pattern would match the whole bucket
 */
export function releasesBeside(key: string): string {
  const folder = key.slice(0, key.lastIndexOf("/") + 1);
  return folder === "" ? key : `${folder}*`;
}

/** A repository in ECR. */
export interface RepositoryGrant {
  readonly accountId: string;
  readonly region: string;
  readonly repository: string;
}

/** A service that decrypts data on behalf of the caller. */
export type DecryptingService = "s3" | "ssm" | "secretsmanager";

/** A customer managed key in KMS. */
export interface KeyGrant {
  /** The key's ARN. */
  readonly keyArn: string;
  /** The only service through which the key may be used. */
  readonly service: DecryptingService;
}

/**
 * An instance's AWS permissions in addition to Session Manager's. Each is read access unless its description
 * says otherwise.
 */
export interface InstanceGrants {
  readonly objects: readonly ObjectGrant[];
  readonly repositories: readonly RepositoryGrant[];
  /** Names of DynamoDB tables in the stack's account and Region. The instance may read and put items. */
  readonly tables: readonly string[];
  /** Names of parameters in the stack's account and Region. */
  readonly parameters: readonly string[];
  /** ARNs of secrets. */
  readonly secretArns: readonly string[];
  readonly keys: readonly KeyGrant[];
  /**
   * Further statements that the application needs.
   *
   * @default none
   */
  readonly statements?: readonly Statement[];
  /**
   * Names of log groups in the stack's account and Region. The instance may write to them.
   *
   * @default none
   */
  readonly logGroups?: readonly string[];
  /**
   * Whether the instance's CloudWatch agent reports metrics.
   *
   * @default false
   */
  readonly reportsMetrics?: boolean;
  /**
   * Whether the instance may list the instances in service and their addresses.
   *
   * @default false
   */
  readonly findsInstances?: boolean;
}

/** The permissions that the CloudWatch agent needs; none without an agent. */
export function agentGrants(
  agent: CloudwatchAgentArgs | undefined,
): Pick<InstanceGrants, "logGroups" | "reportsMetrics"> {
  if (agent === undefined) return {};
  return { logGroups: [agent.serviceLogGroup, agent.systemLogGroup], reportsMetrics: true };
}

/** A stack's partition, account and Region, as plain values. */
export interface Scope {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/** A statement of an IAM policy. */
export interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * The minimal statements that let an instance use what the grants name.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam-awsmanpol.html (AmazonEC2ContainerRegistryPullOnly)
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
 */
export function statementsOf(grants: InstanceGrants, scope: Scope): readonly Statement[] {
  const { partition, accountId, region } = scope;
  const {
    objects,
    repositories,
    tables,
    parameters,
    secretArns,
    keys,
    logGroups = [],
    statements = [],
  } = grants;
  return [
    // A release with a version id may follow one without, and vice versa.
    ...objects.map(({ bucket, key }) =>
      allow(["s3:GetObject", "s3:GetObjectVersion"], [`arn:${partition}:s3:::${bucket}/${key}`]),
    ),
    // This action can't be limited to a resource. A registry's password alone gives access to no repository.
    ...(repositories.length > 0 ? [allow("ecr:GetAuthorizationToken", ["*"])] : []),
    ...repositories.map((image) =>
      allow(
        ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        [`arn:${partition}:ecr:${image.region}:${image.accountId}:repository/${image.repository}`],
      ),
    ),
    ...(tables.length > 0
      ? [
          allow(
            ["dynamodb:GetItem", "dynamodb:PutItem"],
            tables.map((table) => `arn:${partition}:dynamodb:${region}:${accountId}:table/${table}`),
          ),
        ]
      : []),
    ...(parameters.length > 0
      ? [
          allow(
            "ssm:GetParameter",
            parameters.map(
              (name) => `arn:${partition}:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, "")}`,
            ),
          ),
        ]
      : []),
    ...(secretArns.length > 0 ? [allow("secretsmanager:GetSecretValue", secretArns)] : []),
    // Neither action can be limited to a resource.
    ...(grants.findsInstances === true
      ? [allow(["autoscaling:DescribeAutoScalingGroups", "ec2:DescribeInstances"], ["*"])]
      : []),
    ...(logGroups.length > 0
      ? [
          allow(
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            logGroups.map((group) => `arn:${partition}:logs:${region}:${accountId}:log-group:${group}:*`),
          ),
        ]
      : []),
    // Neither action can be limited to a resource. The tags tell the agent which group its instance belongs to.
    ...(grants.reportsMetrics === true
      ? [
          {
            ...allow("cloudwatch:PutMetricData", ["*"]),
            Condition: { StringEquals: { "cloudwatch:namespace": AGENT_NAMESPACE } },
          },
          allow("ec2:DescribeTags", ["*"]),
        ]
      : []),
    ...keys.map(({ keyArn, service }) => ({
      ...allow("kms:Decrypt", [keyArn]),
      Condition: { StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com` } },
    })),
    ...statements,
  ];
}

function allow(action: string | readonly string[], resources: readonly string[]): Statement {
  const [first = "", ...others] = resources;
  return { Effect: "Allow", Action: action, Resource: others.length > 0 ? resources : first };
}
