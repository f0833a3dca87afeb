import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { boundedName, named, stackTagsOf, type Tags } from "../naming";
import { createPrivateBucket } from "../private-bucket";

/** Arguments of {@link TrustStore}. */
export interface TrustStoreArgs {
  /** Certificates of the authorities that sign clients' certificates, in PEM. */
  readonly caBundle: string;
  /** Certificate revocation lists of these authorities, each in PEM. */
  readonly revocationLists: readonly string[];
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * A trust store with which a load balancer verifies clients' certificates, and the bucket from which it is
 * loaded.
 *
 * AWS reads the files only once. Their keys therefore contain the hash of their content: a changed file is a
 * new object, from which the trust store is loaded again.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/configuring-mtls-with-elb.html
 */
export class TrustStore extends pulumi.ComponentResource {
  /** ARN, available once the revocation lists are added. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: TrustStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:TrustStore", name, {}, opts);

    // Its content can be uploaded again at any time.
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
          // With the stack's default tags, there would be too many tags.
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
      // Not by position, so that removing the first list leaves the others unchanged.
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
