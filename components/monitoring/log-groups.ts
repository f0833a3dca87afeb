import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named, type Tags } from "../naming";

/** Arguments of {@link LogGroups}. */
export interface LogGroupsArgs {
  /** By a word for each, the log groups' names, unique in the account and Region. */
  readonly names: Readonly<Record<string, string>>;
  /** Days that events are kept, one of `LOG_RETENTION_DAYS`. */
  readonly retentionDays: number;
  /** ARN of the key in KMS that encrypts them; undefined for CloudWatch's own. Its policy has to let CloudWatch Logs use it. */
  readonly keyArn: string | undefined;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * Log groups that instances write to. The instances know their names from their user data, before there is anything that
 * could tell them, so the names are given and not made up.
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
