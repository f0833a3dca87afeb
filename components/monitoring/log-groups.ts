import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named, type Tags } from "../naming";

/** Arguments of {@link LogGroups}. */
export interface LogGroupsArgs {
  /** Names of the log groups, unique in the account and Region, by a key for each. */
  readonly names: Readonly<Record<string, string>>;
  /** Retention in days, one of `LOG_RETENTION_DAYS`. */
  readonly retentionDays: number;
  /**
   * ARN of the KMS key that encrypts the log groups; undefined for CloudWatch's default encryption. The key
   * policy must allow CloudWatch Logs to use it.
   */
  readonly keyArn: string | undefined;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * Log groups that instances write to. Their names are arguments and not generated, because the instances'
 * user data contains them before the log groups exist.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class LogGroups extends pulumi.ComponentResource {
  constructor(name: string, args: LogGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:LogGroups", name, {}, opts);

    for (const [word, logGroupName] of Object.entries(args.names)) {
      new aws.cloudwatch.LogGroup(
        `${name}-${word}`,
        {
          name: logGroupName,
          retentionInDays: args.retentionDays,
          ...(args.keyArn === undefined ? {} : { kmsKeyId: args.keyArn }),
          tags: named(args.tags, `${name}-${word}`),
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
