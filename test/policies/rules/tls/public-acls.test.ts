import assert from "node:assert/strict";
import { packForSuite, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { blamed, type Props } from "../../../support/rule-suite";

const bucket = (props: Props = {}): TestResource => ({
  type: "aws:s3/bucket:Bucket",
  name: "bucket",
  props: { id: UNKNOWN, bucket: UNKNOWN, ...props },
});
const of = (type: string, name: string, props: Props): TestResource => ({
  type,
  name,
  props: { bucket: UNKNOWN, ...props },
  propertyDependencies: { bucket: [urnOf(bucket())] },
});
const acl = (props: Props) => of("aws:s3/bucketAcl:BucketAcl", "acl", props);
const object = (props: Props) => of("aws:s3/bucketObject:BucketObject", "object", props);
const policy = of("aws:s3/bucketPolicy:BucketPolicy", "policy", { policy: "{}" });
const block = (ignorePublicAcls: boolean) =>
  of("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", { ignorePublicAcls });
const GROUPS = "http://acs.amazonaws.com/groups/";

describe("public-acls", () => {
  const pack = packForSuite({ directory: "policies" });
  const judge = async (...resources: TestResource[]) =>
    Object.keys(await blamed(pack(), "public-acls", resources));

  it("refuses an ACL that is open to everybody, however it is written", async () => {
    for (const word of ["public-read", "public-read-write", "authenticated-read"]) {
      assert.deepEqual(await judge(bucket({ acl: word })), ["bucket"]);
      assert.deepEqual(await judge(bucket(), acl({ acl: word })), ["acl"]);
      assert.deepEqual(await judge(bucket(), object({ acl: word })), ["object"]);
    }
    for (const group of ["AllUsers", "AuthenticatedUsers", "Others", "AllUsers/x"]) {
      const grantee = { type: "Group", uri: `${GROUPS}global/${group}` };
      const isOpen = group.endsWith("Users");
      assert.deepEqual(await judge(bucket({ grants: [UNKNOWN, grantee] })), isOpen ? ["bucket"] : []);
      const accessControlPolicy = { grants: [{ permission: "READ", grantee }] };
      assert.deepEqual(await judge(bucket(), acl({ accessControlPolicy })), isOpen ? ["acl"] : []);
    }
    // The bucket belongs to another owner.
    assert.deepEqual(await judge({ ...object({ acl: "public-read" }), propertyDependencies: {} }), [
      "object",
    ]);
  });

  it("passes an ACL that is not public, or that a block or a policy keeps from being public", async () => {
    for (const word of ["private", "authenticated-read-x", "not-public-read", UNKNOWN]) {
      assert.deepEqual(await judge(bucket({ acl: word }), acl({ acl: word }), object({ acl: word })), []);
    }
    assert.deepEqual(await judge(bucket({ grants: [UNKNOWN] }), acl({ accessControlPolicy: UNKNOWN })), []);
    const open = [bucket(), acl({ acl: "public-read" }), object({ acl: "public-read" })];
    assert.deepEqual(await judge(...open, policy), []);
    assert.deepEqual(await judge(...open, block(true)), []);
    const other = { ...bucket(), name: "other" };
    const either = { bucket: [bucket(), other].map(urnOf) };
    assert.deepEqual(await judge(other, ...open, policy, { ...open[2]!, propertyDependencies: either }), [
      "object",
    ]);
    const own = bucket({ acl: "public-read" });
    assert.deepEqual(await judge(own, policy), []);
    assert.deepEqual(await judge(bucket({ ...own.props, policy: "{}" }), object({ acl: "public-read" })), []);
    for (const [key, name] of [
      ["bucket", "shop"],
      ["id", "shop"],
      ["bucket", "other"],
    ] as const) {
      const named = { ...policy, props: { bucket: "shop" }, propertyDependencies: {} };
      assert.deepEqual(
        await judge({ ...own, props: { ...own.props, [key]: name } }, named),
        name === "shop" ? [] : ["bucket"],
      );
    }
    assert.deepEqual(await judge(...open, block(false)), ["acl", "object"]);
  });
});
