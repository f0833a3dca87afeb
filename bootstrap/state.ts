import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The backend of the stacks' states. */
export interface State {
  readonly bucket: aws.s3.Bucket;
  /** Encrypts the bucket, and the secrets in stack files. */
  readonly key: aws.kms.Key;
}

/**
 * Creates an encrypted bucket that keeps every version and accepts TLS only. Pulumi locks a stack with a file
 * in it.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/state-and-backends/#aws-s3
 */
export function createState(): State {
  const kept = { protect: true };
  const key = new aws.kms.Key(
    "pulumi",
    { description: "Pulumi's state and secrets", enableKeyRotation: true, deletionWindowInDays: 30 },
    kept,
  );
  const bucket = new aws.s3.Bucket("pulumi-state", {}, kept);
  const of = { bucket: bucket.bucket };
  new aws.s3.BucketVersioning("pulumi-state", { ...of, versioningConfiguration: { status: "Enabled" } });
  new aws.s3.BucketServerSideEncryptionConfiguration("pulumi-state", {
    ...of,
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
        bucketKeyEnabled: true,
      },
    ],
  });
  const blocked = new aws.s3.BucketPublicAccessBlock("pulumi-state", {
    ...of,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new aws.s3.BucketLifecycleConfiguration("pulumi-state", {
    ...of,
    rules: [
      {
        id: "old-versions",
        status: "Enabled",
        filter: {},
        noncurrentVersionExpiration: { noncurrentDays: 365 },
      },
    ],
  });
  new aws.s3.BucketPolicy(
    "pulumi-state",
    {
      ...of,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    },
    { dependsOn: [blocked] },
  );
  return { bucket, key };
}
