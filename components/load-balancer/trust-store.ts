import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { boundedName, named, stackTagsOf, type Tags } from "../naming";
import { createPrivateBucket } from "../private-bucket";

/** Arguments of {@link TrustStore}. */
export interface TrustStoreArgs {
  /** The certificates of the authorities that sign clients' certificates, as PEM. */
  readonly caBundle: string;
  /** Certificate revocation lists of these authorities, as PEM each. */
  readonly revocationLists: readonly string[];
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * A trust store, against which a load balancer verifies clients' certificates, and the bucket that it is loaded from.
 *
 * A load balancer reads the files once. So their keys have the hash of what is in them: a changed file is another object,
 * which the trust store is loaded from anew.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/configuring-mtls-with-elb.html
 */
export class TrustStore extends pulumi.ComponentResource {
  /** Its ARN, available once its revocation lists are in it. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: TrustStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:TrustStore", name, {}, opts);

    // All that is in it can be uploaded anew at any time.
    const { bucket, policy } = createPrivateBucket(
      name,
      { protect: false, forceDestroy: true, tags: args.tags },
      this,
    );
    const upload = (objectName: string, folder: string, content: string): aws.s3.BucketObjectv2 =>
      new aws.s3.BucketObjectv2(
        objectName,
        {
          bucket: bucket.bucket,
          key: `${folder}/${sha256(content)}.pem`,
          content,
          contentType: "application/x-pem-file",
          tags: named(stackTagsOf(args.tags), objectName),
          // The stack's default tags would be too many.
          overrideProvider: { defaultTags: { tags: {} } },
        },
        { parent: this, dependsOn: [policy] },
      );

    const bundle = upload(`${name}-ca-bundle`, "ca-bundle", args.caBundle);
    const trustStore = new aws.lb.TrustStore(
      boundedName(name),
      {
        caCertificatesBundleS3Bucket: bundle.bucket,
        caCertificatesBundleS3Key: bundle.key,
        tags: named(args.tags, name),
      },
      { parent: this },
    );
    const revocations = [...new Set(args.revocationLists)].map((list) => {
      // Not by position: without the first list, the others stay as they are.
      const listName = `${name}-revocations-${sha256(list).slice(0, 8)}`;
      const object = upload(listName, "revocations", list);
      return new aws.lb.TrustStoreRevocation(
        listName,
        { trustStoreArn: trustStore.arn, revocationsS3Bucket: object.bucket, revocationsS3Key: object.key },
        { parent: this },
      );
    });

    this.arn = pulumi
      .all([trustStore.arn, ...revocations.map(({ id }) => id)])
      .apply(([trustStoreArn]) => trustStoreArn) as pulumi.Output<string>;
    this.registerOutputs({ arn: this.arn });
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
