import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { boundedName, named, type Tags } from "../naming";
import { RELEASE_COMMAND_SCRIPT } from "./boot/release-command";

/** Arguments of {@link ReleaseTask}. */
export interface ReleaseTaskArgs {
  /** Seconds after which the instance's unit ends the command. */
  readonly timeoutSeconds: number;
  /** Retention of the command's output in days, one of `LOG_RETENTION_DAYS`. */
  readonly logRetentionDays: number;
  /** Names of the roles of the instances that may run the command, by a resource name for each. */
  readonly roleNames: Readonly<Record<string, pulumi.Input<string>>>;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * Seconds that the unit may need in addition to the command's, to read its variables and to stop. Systems
 * Manager must not time out first.
 */
const MARGIN_SECONDS = 600;

/**
 * The resources to run a command once per release: a Systems Manager document that starts the instances' unit
 * and takes no parameters, so a principal that may send it can run nothing else; the log group of its output;
 * and a parameter that lists the releases for which it has run. A rollout sends the command and writes the
 * parameter.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html (aws:runShellScript)
 */
export class ReleaseTask extends pulumi.ComponentResource {
  /** Name of the document. */
  readonly documentName: pulumi.Output<string>;
  /** Name of the log group. */
  readonly logGroupName: pulumi.Output<string>;
  /** Name of the parameter, a list of release ids. */
  readonly parameterName: pulumi.Output<string>;

  constructor(name: string, args: ReleaseTaskArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:ReleaseTask", name, {}, opts);

    const tags = named(args.tags, `${name}-release`);
    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-release`,
      { retentionInDays: args.logRetentionDays, tags },
      { parent: this },
    );
    const document = new aws.ssm.Document(
      `${name}-release`,
      {
        documentType: "Command",
        documentFormat: "JSON",
        targetType: "/AWS::EC2::Instance",
        content: JSON.stringify({
          schemaVersion: "2.2",
          description: "Runs the store's release command, as its instances have it",
          mainSteps: [
            {
              action: "aws:runShellScript",
              name: "release",
              inputs: {
                timeoutSeconds: String(args.timeoutSeconds + MARGIN_SECONDS),
                runCommand: RELEASE_COMMAND_SCRIPT,
              },
            },
          ],
        }),
        tags,
      },
      { parent: this },
    );
    const parameter = new aws.ssm.Parameter(
      `${name}-release`,
      {
        description: "Ids of the releases whose command has run, the newest first",
        type: "StringList",
        value: "none",
        tags,
      },
      { parent: this, ignoreChanges: ["value"] },
    );
    for (const [role, roleName] of Object.entries(args.roleNames))
      createLogPolicy(role, roleName, logGroup, this);

    this.documentName = document.name;
    this.logGroupName = logGroup.name;
    this.parameterName = parameter.name;
    this.registerOutputs({
      documentName: this.documentName,
      logGroupName: this.logGroupName,
      parameterName: this.parameterName,
    });
  }
}

/**
 * Lets instances write the command's output. The agent first searches all log groups for this one.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-rc-setting-up-cwlogs.html
 * @see https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/agentlogstocloudwatch/cloudwatchlogspublisher/cloudwatchlogsservice/cloudwatchlogsservice.go (StreamData)
 */
function createLogPolicy(
  name: string,
  roleName: pulumi.Input<string>,
  logGroup: aws.cloudwatch.LogGroup,
  parent: pulumi.Resource,
): void {
  new aws.iam.RolePolicy(
    boundedName(`${name}-release`, 128),
    {
      role: roleName,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logGroup.arn}:*`,
          },
          // This action can't be limited to a resource.
          { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
        ],
      }),
    },
    { parent },
  );
}
