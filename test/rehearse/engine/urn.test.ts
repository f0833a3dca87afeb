import assert from "node:assert/strict";

import {
  isProviderType,
  isUrn,
  makeUrn,
  nameOf,
  packageOf,
  qualifiedType,
  typeOf,
  uuidOf,
} from "../../../packages/rehearse/engine/urn";

const ROOT = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const BOX = "urn:pulumi:dev::shop::shop:index:Box::box";

describe("a URN", () => {
  it("contains the types of its parents, except for the stack's", () => {
    const bucketIn = (parent: string): string =>
      makeUrn("dev", "shop", parent, "aws:s3/bucket:Bucket", "books");
    assert.equal(bucketIn(""), "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::books");
    assert.equal(bucketIn(ROOT), "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::books");
    assert.equal(bucketIn(BOX), "urn:pulumi:dev::shop::shop:index:Box$aws:s3/bucket:Bucket::books");
    assert.equal(bucketIn("no URN"), "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::books");
  });

  it("contains type and name, which may contain :: itself", () => {
    const urn = makeUrn("dev", "shop", BOX, "aws:s3/bucket:Bucket", "a::b");
    assert.equal(qualifiedType(urn), "shop:index:Box$aws:s3/bucket:Bucket");
    assert.equal(typeOf(urn), "aws:s3/bucket:Bucket");
    assert.equal(nameOf(urn), "a::b");
    assert.deepEqual([qualifiedType("a"), typeOf("a"), nameOf("a")], ["", "", ""]);
  });

  it("is distinguished from other texts", () => {
    for (const urn of [ROOT, BOX, "urn:pulumi:dev::shop::a::with a\nline"]) assert.ok(isUrn(urn), urn);
    for (const text of [
      "",
      "box",
      ` ${BOX}`,
      "urn:pulumi:dev::shop::a",
      "urn:pulumi:dev::shop::::a",
      "urn:other:a::b::c::d",
      "urn:pulumi:dev:a::b::c:d",
    ])
      assert.ok(!isUrn(text), text);
  });
});

describe("a type token", () => {
  it("contains its package; a provider's type contains the package that it provides", () => {
    const tokens = [
      "aws:s3/bucket:Bucket",
      "pulumi:providers:tls",
      "pulumi:pulumi:Stack",
      "pulumi:providers",
      "",
    ];
    assert.deepEqual(tokens.map(packageOf), ["aws", "tls", "pulumi", "pulumi", ""]);
    assert.deepEqual(tokens.map(isProviderType), [false, true, false, false, false]);
    assert.ok(!isProviderType("my:pulumi:providers:aws"));
  });
});

describe("a generated UUID", () => {
  it("has version 4, and is the same for the same text", () => {
    assert.match(uuidOf("a"), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(uuidOf("a"), uuidOf("a"));
    assert.notEqual(uuidOf("a"), uuidOf("b"));
  });
});
