import assert from "node:assert/strict";

import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { aliasesOf, keepComputed } from "../../../packages/rehearse/engine/existing";
import { UNKNOWN, type Values } from "../../../packages/rehearse/values";

describe("The aliases of a request", () => {
  const spec = () => new Alias.Spec().setName("old");
  const parentOf = (given: Alias.Spec, isProper: boolean): string => {
    const request = new RegisterResourceRequest()
      .setAliasesList([new Alias().setSpec(given)])
      .setAliasspecs(isProper);
    const [found] = aliasesOf(request).map((alias) => alias.getSpec());
    return found?.getNoparent() === true ? "none" : (found?.getParenturn() ?? "");
  };

  it("from an older SDK mean no parent if they name none", () => {
    assert.equal(parentOf(spec(), false), "none");
    assert.equal(parentOf(spec().setNoparent(true), false), "");
    assert.equal(parentOf(spec().setParenturn("urn"), false), "urn");
  });

  it("from a newer SDK are read as they are", () => {
    assert.equal(parentOf(spec(), true), "");
    assert.equal(parentOf(spec().setNoparent(true), true), "none");
  });

  it("may be URNs", () => {
    const request = new RegisterResourceRequest()
      .setAliasurnsList(["urn:a"])
      .setAliasesList([new Alias().setUrn("urn:b")]);
    assert.deepEqual(
      aliasesOf(request).map((alias) => alias.getUrn()),
      ["urn:a", "urn:b"],
    );
  });
});

describe("the outputs of a changed resource", () => {
  const QUEUE = "aws:sqs/queue:Queue";
  /** The result for one property, from its made, computed and former outputs and its input. */
  const one = (made: unknown, computed: unknown, former: unknown, input?: unknown): unknown => {
    const of = (value: unknown) => (value === undefined ? {} : { it: value }) as Values;
    return keepComputed(QUEUE, of(input), of(made), of(computed), of(former))["it"];
  };

  it("keep former values that the provider computes", () => {
    assert.equal(one("new", UNKNOWN, "old"), "old");
    assert.equal(one("new", UNKNOWN, undefined), "new");
  });

  it("are new if the program sets them, even to an unknown value", () => {
    assert.equal(one("new", "new", "old", "new"), "new");
    assert.equal(one("new", UNKNOWN, "old", UNKNOWN), "new");
    assert.equal(one("new", undefined, "old"), "new");
  });

  it("are decided separately for each part of a map or list", () => {
    const [made, computed, former] = [
      { arn: "new", size: 2, both: { id: "new", tag: "new" }, more: "new" },
      { arn: UNKNOWN, size: 2, both: { id: UNKNOWN, tag: "new" }, more: UNKNOWN },
      { arn: "old", size: 1, both: { id: "old", tag: "old" } },
    ];
    const expected = { arn: "old", size: 2, both: { id: "old", tag: "new" }, more: "new" };
    assert.deepEqual(one(made, computed, former), expected);
    assert.deepEqual(one([made, made], [computed, computed], [former]), [expected, made]);
    const given = { ...expected, arn: "new" };
    assert.deepEqual(one(made, computed, former, { arn: UNKNOWN }), given);
    assert.deepEqual(one([made], [computed], [former], [{ arn: UNKNOWN }]), [given]);
  });

  it("are new if they had another shape", () => {
    assert.deepEqual(one({ a: "new" }, { a: UNKNOWN }, ["old"]), { a: "new" });
    assert.deepEqual(one(["new"], [UNKNOWN], { a: "old" }), ["new"]);
    assert.deepEqual(one(["new"], { a: UNKNOWN }, ["old"]), ["new"]);
    assert.equal(one("new", [UNKNOWN], ["old"]), "new");
  });

  it("increment versions, and are new if every change recomputes them", () => {
    const changed = (type: string, made: Values, former: Values, inputs: Values = {}): Values =>
      keepComputed(
        type,
        inputs,
        made,
        Object.fromEntries(Object.keys(made).map((key) => [key, UNKNOWN])),
        former,
      );
    const template = "aws:ec2/launchTemplate:LaunchTemplate";
    const [made, former] = [
      { latestVersion: 1, defaultVersion: 1, arn: "new" },
      { latestVersion: 3, defaultVersion: 2, arn: "old" },
    ];
    assert.deepEqual(changed(template, made, former), { latestVersion: 4, defaultVersion: 2, arn: "old" });
    assert.deepEqual(changed(template, made, former, { updateDefaultVersion: true }), {
      latestVersion: 4,
      defaultVersion: 3,
      arn: "old",
    });
    for (const [type, keys] of Object.entries({
      "aws:lambda/function:Function": ["lastModified", "qualifiedArn", "qualifiedInvokeArn", "version"],
      "aws:s3/bucketObject:BucketObject": ["etag", "versionId"],
      "aws:s3/bucketObjectv2:BucketObjectv2": ["etag", "versionId"],
      "aws:ssm/parameter:Parameter": ["version"],
    })) {
      const all = (value: string): Values => Object.fromEntries(keys.map((key) => [key, value]));
      assert.deepEqual(changed(type, { ...all("new"), arn: "new" }, { ...all("old"), arn: "old" }), {
        ...all("new"),
        arn: "old",
      });
    }
    assert.deepEqual(changed("aws:ssm/parameter:Parameter", { version: 1 }, { version: "3" }), {
      version: 1,
    });
    assert.deepEqual(changed("aws:ssm/parameter:Parameter", { version: "1" }, { version: 3 }), {
      version: "1",
    });
  });
});
