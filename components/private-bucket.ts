import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type AwsScope, awsScope } from "./aws-scope";
import { boundedName, named, type Tags } from "./naming";

/** Arguments of {@link createPrivateBucket}. */
export interface PrivateBucketArgs {
  /** Whether Pulumi refuses to delete the bucket. */
  readonly protect: boolean;
  /** Whether deleting the bucket deletes its objects too. */
  readonly forceDestroy: boolean;
  /**
   * Statements of the bucket policy in addition to the one that denies access in clear text.
   *
   * @default none
   */
  readonly statements?: (bucketArn: pulumi.Output<string>, scope: AwsScope) => pulumi.Input<unknown>[];
  /** Tags for the bucket. */
  readonly tags: Tags;
}

/** A bucket and its policy. Once the policy exists, the bucket is fully configured. */
export interface PrivateBucket {
  readonly bucket: aws.s3.Bucket;
  readonly policy: aws.s3.BucketPolicy;
}

/**
 * Creates a bucket that blocks public access, is encrypted with S3-managed keys and accepts TLS only.
 *
 * @param name - name of the bucket and of its resources
 */
export function createPrivateBucket(
  name: string,
  args: PrivateBucketArgs,
  parent: pulumi.Resource,
): PrivateBucket {
  const bucket = new aws.s3.Bucket(
    boundedName(name, 63),
    { forceDestroy: args.forceDestroy, tags: named(args.tags, name) },
    { parent, protect: args.protect },
  );
  const publicAccess = new aws.s3.BucketPublicAccessBlock(
    name,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  );
  const ownership = new aws.s3.BucketOwnershipControls(
    name,
    { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    // S3 refuses two simultaneous changes to a bucket.
    { parent, dependsOn: [publicAccess] },
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    { bucket: bucket.bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    { parent },
  );
  return { bucket, policy: createPolicy(name, args, bucket, ownership, parent) };
}

/**
 * Uses the bucket's name, which is known at preview, so that the policy pack can read the document before
 * `up`.
 */
function createPolicy(
  name: string,
  { statements = () => [] }: PrivateBucketArgs,
  bucket: aws.s3.Bucket,
  ownership: aws.s3.BucketOwnershipControls,
  parent: pulumi.Resource,
): aws.s3.BucketPolicy {
  const scope = awsScope(parent);
  const arn = pulumi.interpolate`arn:${scope.partition}:s3:::${bucket.bucket}`;
  return new aws.s3.BucketPolicy(
    name,
    {
      bucket: bucket.bucket,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [arn, pulumi.interpolate`${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          ...statements(arn, scope),
        ],
      }),
    },
    { parent, dependsOn: [ownership] },
  );
}
