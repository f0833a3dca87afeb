import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { boundedName, named, type Tags } from "./naming";

/** What differs between private buckets. */
export interface PrivateBucketArgs {
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  /** Whether deleting it deletes what is in it. */
  readonly forceDestroy: boolean;
  /** Tags for the bucket. */
  readonly tags: Tags;
}

/** A bucket, and the last of what makes it private: for a policy to wait for. */
export interface PrivateBucket {
  readonly bucket: aws.s3.Bucket;
  readonly ownership: aws.s3.BucketOwnershipControls;
}

/**
 * A bucket that nobody outside the account can be let into, encrypted with S3's own keys. Its policy is its user's
 * business; {@link tlsOnly} is a part of it.
 *
 * @param name - name of the bucket and of what belongs to it
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
    // S3 refuses two changes of a bucket at the same time.
    { parent, dependsOn: [publicAccess] },
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      bucket: bucket.bucket,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    },
    { parent },
  );
  return { bucket, ownership };
}

/** A statement of a bucket's policy: nobody reads or writes in clear text. */
export function tlsOnly(bucketArn: pulumi.Output<string>): pulumi.Input<unknown> {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
