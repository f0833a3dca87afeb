import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { AwsScope } from "../aws-scope";
import type { Tags } from "../naming";
import { createPrivateBucket } from "../private-bucket";

/** Prefixes in the bucket, one for each kind of log: requests, connections, health checks. */
export type LogPrefix = "access" | "connections" | "health-checks";

/** Arguments of {@link AccessLogs}. */
export interface AccessLogsArgs {
  /** Days after which a log file is deleted, at least 1. */
  readonly retentionDays: number;
  /** The logs that load balancers may write, each under its prefix. */
  readonly prefixes: readonly LogPrefix[];
  /** Whether CloudFront may write its logs to the bucket too. */
  readonly cloudFront: boolean;
  /** Whether Pulumi refuses to delete the bucket. If false, deleting the stack deletes the logs too. */
  readonly deletionProtection: boolean;
  /** Whether S3 counts the requests that write access logs, for about 5 dollars a month. */
  readonly requestMetrics: boolean;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * A bucket for the logs of this account's and Region's load balancers and, if allowed, of CloudFront. It is
 * private and encrypted, accepts TLS only, and deletes files as they expire.
 *
 * It is encrypted with S3-managed keys, because load balancers support no others.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export class AccessLogs extends pulumi.ComponentResource {
  /** Name of the bucket, available once load balancers may write to it. */
  readonly bucket: pulumi.Output<string>;
  /** ARN of the bucket, available once load balancers may write to it. */
  readonly bucketArn: pulumi.Output<string>;
  /** Filter id of the request metrics on access logs; undefined without the metrics. */
  readonly requestMetrics: pulumi.Output<string> | undefined;

  constructor(name: string, args: AccessLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:AccessLogs", name, {}, opts);

    const { bucket, policy } = createPrivateBucket(
      `${name}-access-logs`,
      {
        protect: args.deletionProtection,
        forceDestroy: !args.deletionProtection,
        statements: (arn, scope) => [
          loadBalancersWrite(args.prefixes, arn, scope),
          ...(args.cloudFront ? [cloudFrontWrites(arn, scope)] : []),
        ],
        tags: args.tags,
      },
      this,
    );
    new aws.s3.BucketLifecycleConfiguration(
      `${name}-access-logs`,
      {
        bucket: bucket.bucket,
        rules: [
          {
            id: "expire",
            status: "Enabled",
            filter: { prefix: "" },
            expiration: { days: args.retentionDays },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      { parent: this },
    );
    this.requestMetrics = args.requestMetrics ? this.createRequestMetrics(name, bucket) : undefined;

    this.bucket = pulumi.all([bucket.bucket, policy.id]).apply(([bucketName]) => bucketName);
    this.bucketArn = pulumi.all([bucket.arn, policy.id]).apply(([arn]) => arn);
    this.registerOutputs({ bucket: this.bucket, bucketArn: this.bucketArn });
  }

  private createRequestMetrics(name: string, bucket: aws.s3.Bucket): pulumi.Output<string> {
    return new aws.s3.BucketMetric(
      `${name}-access-logs`,
      { bucket: bucket.bucket, name: "access-logs", filter: { prefix: `${"access" satisfies LogPrefix}/` } },
      { parent: this },
    ).name;
  }
}

/** Statement that lets load balancers of this account and Region write each kind of log under its prefix. */
function loadBalancersWrite(
  prefixes: readonly LogPrefix[],
  bucketArn: pulumi.Output<string>,
  { partition, accountId, region }: AwsScope,
): pulumi.Input<unknown> {
  const [first, ...others] = prefixes.map(
    (prefix) => pulumi.interpolate`${bucketArn}/${prefix}/AWSLogs/${accountId}/*`,
  );
  return {
    Sid: "LoadBalancersWriteLogs",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: others.length === 0 ? first : [first, ...others],
    Condition: {
      ArnLike: {
        "aws:SourceArn": pulumi.interpolate`arn:${partition}:elasticloadbalancing:${region}:${accountId}:loadbalancer/*`,
      },
    },
  };
}

/**
 * Statement that lets CloudFront's standard logging (v2) write. It uses CloudWatch Logs deliveries, which are
 * all in us-east-1, and needs no access control list.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
 */
function cloudFrontWrites(
  bucketArn: pulumi.Output<string>,
  { partition, accountId }: AwsScope,
): pulumi.Input<unknown> {
  return {
    Sid: "CloudFrontWritesLogs",
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${bucketArn}/AWSLogs/${accountId}/CloudFront/*`,
    Condition: {
      StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": accountId },
      ArnLike: {
        "aws:SourceArn": pulumi.interpolate`arn:${partition}:logs:us-east-1:${accountId}:delivery-source:*`,
      },
    },
  };
}
