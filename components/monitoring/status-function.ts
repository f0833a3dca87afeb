import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { awsScope } from "../aws-scope";
import { bundleFunction } from "../store/bundle";
import { boundedName, named, type Tags } from "../naming";
import { onlyOf } from "../load-balancer/target-group";

/** Arguments of {@link StatusFunction}. */
export interface StatusFunctionArgs {
  /** The store's title on the page. */
  readonly title: string;
  /** The load balancer that invokes the function. */
  readonly loadBalancer: aws.lb.LoadBalancer;
  /** ARN of the HTTPS listener. */
  readonly listenerArn: pulumi.Input<string>;
  /** Suffix of the load balancer's ARN, beginning with `app/`. */
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  /** The target groups to report on, each with a label. */
  readonly targetGroups: readonly { readonly label: string; readonly arn: pulumi.Input<string> }[];
  /** Reserved concurrency of the function; undefined for no limit below the account's quota. */
  readonly reservedConcurrency: number | undefined;
  /** Retention of the function's log in days, one of `LOG_RETENTION_DAYS`. */
  readonly logRetentionDays: number;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/** Path of the status page. */
export const STATUS_PATH = "/status";

/** Before all routes, after the maintenance page. */
const STATUS_PRIORITY = 50;

/**
 * A Lambda function behind the load balancer that reports the store's status as JSON or as a page: health by
 * target group and zone, requests, errors and latency. It works even if no instance does.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export class StatusFunction extends pulumi.ComponentResource {
  /** ARN of the function. */
  readonly functionArn: pulumi.Output<string>;

  constructor(name: string, args: StatusFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:StatusFunction", name, {}, opts);

    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-status`,
      { retentionInDays: args.logRetentionDays, tags: named(args.tags, `${name}-status`) },
      { parent: this },
    );
    const { role, permissions } = createRole(name, args, logGroup, this);
    const status = new aws.lambda.Function(
      boundedName(`${name}-status`, 64),
      {
        description: "Tells how the store is",
        runtime: "nodejs22.x",
        architectures: ["arm64"],
        handler: "index.handler",
        code: new pulumi.asset.AssetArchive({
          "index.mjs": new pulumi.asset.StringAsset(bundleFunction("functions/status/handler.ts")),
        }),
        // Lambda allocates CPU in proportion to memory: with less, loading the AWS SDK takes most of a
        // second.
        memorySize: 256,
        // A visitor is waiting, and AWS's APIs respond within a fraction of this time.
        timeout: 10,
        role: role.arn,
        // In AWS, 0 would mean that the function never runs.
        ...(args.reservedConcurrency === undefined
          ? {}
          : { reservedConcurrentExecutions: args.reservedConcurrency }),
        loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
        environment: {
          variables: {
            STORE: pulumi.jsonStringify({
              title: args.title,
              loadBalancer: args.loadBalancerArnSuffix,
              targetGroups: args.targetGroups,
            }),
          },
        },
        tags: named(args.tags, `${name}-status`),
      },
      { parent: this, dependsOn: permissions },
    );
    createRoute(name, args, status, this);

    this.functionArn = status.arn;
    this.registerOutputs({ functionArn: this.functionArn });
  }
}

/** Creates the target group and the listener rule that lead to the function. */
function createRoute(
  name: string,
  args: StatusFunctionArgs,
  status: aws.lambda.Function,
  parent: pulumi.Resource,
): void {
  const targetGroup = new aws.lb.TargetGroup(
    boundedName(`${name}-status`),
    // Without health checks, AWS's default for functions, because each check would be an invocation.
    { targetType: "lambda", tags: named(args.tags, `${name}-status`) },
    { parent, ...onlyOf(args.loadBalancer) },
  );
  const permission = new aws.lambda.Permission(
    `${name}-status-from-load-balancer`,
    {
      action: "lambda:InvokeFunction",
      function: status.name,
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: targetGroup.arn,
    },
    { parent },
  );
  const attachment = new aws.lb.TargetGroupAttachment(
    `${name}-status`,
    { targetGroupArn: targetGroup.arn, targetId: status.arn },
    // ELB checks the permission when the function is registered.
    { parent, dependsOn: [permission] },
  );
  new aws.lb.ListenerRule(
    `${name}-status`,
    {
      listenerArn: args.listenerArn,
      priority: STATUS_PRIORITY,
      conditions: [{ pathPattern: { values: [STATUS_PATH] } }],
      actions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      tags: named(args.tags, `${name}-status`),
    },
    { parent, dependsOn: [attachment] },
  );
}

/** The function's role: it reads health and metrics, and writes its own log. */
function createRole(
  name: string,
  args: StatusFunctionArgs,
  logGroup: aws.cloudwatch.LogGroup,
  parent: pulumi.Resource,
): { role: aws.iam.Role; permissions: pulumi.Resource[] } {
  const { partition, accountId, region } = awsScope(parent);
  const role = new aws.iam.Role(
    boundedName(`${name}-status`, 64),
    {
      description: "What the store's status function may do in AWS",
      assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal(aws.iam.Principals.LambdaPrincipal),
      tags: named(args.tags, `${name}-status`),
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    boundedName(`${name}-status`, 128),
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["elasticloadbalancing:DescribeTargetHealth", "cloudwatch:GetMetricData"],
            // Neither action can be limited to a resource.
            Resource: "*",
          },
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup.name}:*`,
          },
        ],
      }),
    },
    { parent },
  );
  return { role, permissions: [policy] };
}
