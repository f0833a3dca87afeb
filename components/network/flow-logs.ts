import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { awsScope } from "../aws-scope";
import { boundedName, named, type Tags } from "../naming";

/**
 * The retention periods, in days, that CloudWatch Logs supports.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Arguments of {@link FlowLogs}. */
export interface FlowLogsArgs {
  /** Id of the VPC to log. */
  readonly vpcId: pulumi.Input<string>;
  /** Retention in days, one of {@link LOG_RETENTION_DAYS}. */
  readonly retentionDays: number;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * Flow logs of a VPC in CloudWatch Logs, for accepted and rejected traffic.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export class FlowLogs extends pulumi.ComponentResource {
  /** Name of the log group. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:FlowLogs", name, {}, opts);

    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-flow-logs`,
      { retentionInDays: args.retentionDays, tags: named(args.tags, `${name}-flow-logs`) },
      { parent: this },
    );
    const { role, permissions } = createRole(name, args, logGroup, this);
    new aws.ec2.FlowLog(
      `${name}-flow-logs`,
      {
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logGroup.arn,
        iamRoleArn: role.arn,
        tags: named(args.tags, `${name}-flow-logs`),
      },
      { parent: this, dependsOn: [permissions] },
    );

    this.logGroupName = logGroup.name;
    this.registerOutputs({ logGroupName: this.logGroupName });
  }
}

/** Creates the role with which only this account's flow logs write to the log group. */
function createRole(
  name: string,
  args: FlowLogsArgs,
  logGroup: aws.cloudwatch.LogGroup,
  parent: pulumi.Resource,
): { role: aws.iam.Role; permissions: pulumi.Resource } {
  const { partition, accountId, region } = awsScope(parent);
  const role = new aws.iam.Role(
    boundedName(`${name}-flow-logs`, 64),
    {
      description: "Lets VPC flow logs write to their log group",
      assumeRolePolicy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": accountId },
              ArnLike: {
                "aws:SourceArn": pulumi.interpolate`arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*`,
              },
            },
          },
        ],
      }),
      tags: named(args.tags, `${name}-flow-logs`),
    },
    { parent },
  );
  const permissions = new aws.iam.RolePolicy(
    boundedName(`${name}-flow-logs`, 128),
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logGroup.arn}:*`,
          },
        ],
      }),
    },
    { parent },
  );
  return { role, permissions };
}
