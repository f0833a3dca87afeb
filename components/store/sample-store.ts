import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { StoreRelease } from "../fleet/boot/store";
import { bundleStore } from "./bundle";
import { named, stackTagsOf, type Tags } from "../naming";
import { createPrivateBucket } from "../private-bucket";

/** Arguments of {@link SampleStore}. */
export interface SampleStoreArgs {
  /** Whether Pulumi and DynamoDB refuse to delete the orders table. */
  readonly deletionProtection: boolean;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * The resources that the sample store needs in addition to its instances: a bucket with its program, and the
 * orders table.
 *
 * The program is one file, named after its hash. Another version is another object, and the instances' user
 * data names the object. Earlier versions are kept, and the instances' role may read them, because instances
 * may still boot from them: during a refresh, after a failed deployment, and after a rollback.
 */
export class SampleStore extends pulumi.ComponentResource {
  /** The release, for the instances' user data. */
  readonly release: pulumi.Output<StoreRelease>;
  /** Name of the orders table. */
  readonly ordersTable: pulumi.Output<string>;

  constructor(name: string, args: SampleStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:SampleStore", name, {}, opts);

    const { bucket, key, sha256 } = this.createProgram(name, args);
    this.ordersTable = this.createOrders(name, args).name;
    this.release = pulumi
      .all([bucket, key, this.ordersTable])
      .apply(([bucketName, itsKey, ordersTable]) => ({
        bucket: bucketName,
        key: itsKey,
        sha256,
        ordersTable,
      }));
    this.registerOutputs({ ordersTable: this.ordersTable });
  }

  private createProgram(
    name: string,
    { tags }: SampleStoreArgs,
  ): { bucket: pulumi.Output<string>; key: pulumi.Output<string>; sha256: string } {
    // Its content can be rebuilt from the sources at any time, so it needs no protection.
    const { bucket, policy } = createPrivateBucket(
      `${name}-releases`,
      { protect: false, forceDestroy: true, tags },
      this,
    );
    const program = bundleStore();
    const sha256 = createHash("sha256").update(program).digest("hex");
    const object = new aws.s3.BucketObjectv2(
      `${name}-program`,
      {
        bucket: bucket.bucket,
        key: `store/${sha256}.cjs`,
        source: new pulumi.asset.StringAsset(program),
        contentType: "text/javascript; charset=utf-8",
        tags: named(stackTagsOf(tags), `${name}-program`),
        // With the stack's default tags, there would be too many tags.
        overrideProvider: { defaultTags: { tags: {} } },
      },
      { parent: this, retainOnDelete: true, dependsOn: [policy] },
    );
    return { bucket: object.bucket, key: object.key, sha256 };
  }

  /**
   * On-demand capacity, because a sale's orders arrive all at once. Encrypted with DynamoDB's own keys, as
   * all tables are.
   */
  private createOrders(name: string, { deletionProtection, tags }: SampleStoreArgs): aws.dynamodb.Table {
    return new aws.dynamodb.Table(
      `${name}-orders`,
      {
        billingMode: "PAY_PER_REQUEST",
        hashKey: "pk",
        attributes: [{ name: "pk", type: "S" }],
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: deletionProtection,
        tags: named(tags, `${name}-orders`),
      },
      { parent: this, protect: deletionProtection },
    );
  }
}
