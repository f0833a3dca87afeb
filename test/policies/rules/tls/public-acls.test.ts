import assert from "node:assert/strict";
import { packForSuite, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { blamed, type Props } from "../../../support/rule-suite";

const bucket = (props: Props = {}): TestResource => ({
  ...{ type: "aws:s3/bucket:Bucket", name: "bucket" },
  props: { id: UNKNOWN, bucket: UNKNOWN, ...props },
});
const of = (type: string, name: string, props: Props): TestResource => ({
  ...{ type, name, props: { bucket: UNKNOWN, ...props } },
  propertyDependencies: { bucket: [urnOf(bucket())] },
});
const acl = (props: Props) => of("aws:s3/bucketAcl:BucketAcl", "acl", props);
const object = (props: Props) => of("aws:s3/bucketObject:BucketObject", "object", props);
const policy = of("aws:s3/bucketPolicy:BucketPolicy", "policy", { policy: "{}" });
const block = (ignorePublicAcls: boolean) =>
  of("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", { ignorePublicAcls });
const everybody = "http://acs.amazonaws.com/groups/global/AllUsers";

describe("public-acls", () => {
  const pack = packForSuite({ directory: "policies" });
  const judge = async (...resources: TestResource[]) =>
    Object.keys(await blamed(pack(), "public-acls", resources));

  it("refuses what is open to everybody, however it is written", async () => {
    for (const word of ["public-read", "public-read-write", "authenticated-read"]) {
      assert.deepEqual(await judge(bucket({ acl: word })), ["bucket"]);
      assert.deepEqual(await judge(bucket(), acl({ acl: word })), ["acl"]);
      assert.deepEqual(await judge(bucket(), object({ acl: word })), ["object"]);
    }
    assert.deepEqual(await judge(bucket({ grants: [UNKNOWN, { type: "Group", uri: everybody }] })), [
      "bucket",
    ]);
    const accessControlPolicy = {
      grants: [{ permission: "READ", grantee: { type: "Group", uri: everybody } }],
    };
    assert.deepEqual(await judge(bucket(), acl({ accessControlPolicy })), ["acl"]);
    // The bucket is somebody else's.
    assert.deepEqual(await judge({ ...object({ acl: "public-read" }), propertyDependencies: {} }), [
      "object",
    ]);
  });

  it("passes what is not, and what a block or a policy keeps from being", async () => {
    for (const word of ["private", "log-delivery-write", "bucket-owner-full-control", UNKNOWN]) {
      assert.deepEqual(await judge(bucket({ acl: word }), acl({ acl: word }), object({ acl: word })), []);
    }
    assert.deepEqual(await judge(bucket(), acl({ accessControlPolicy: UNKNOWN })), []);
    const open = [bucket(), acl({ acl: "public-read" }), object({ acl: "public-read" })];
    assert.deepEqual(await judge(...open, policy), []);
    assert.deepEqual(await judge(...open, block(true)), []);
    assert.deepEqual(await judge(...open, block(false)), ["acl", "object"]);
  });
});
