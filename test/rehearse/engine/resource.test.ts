import assert from "node:assert/strict";

import { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import { Value } from "google-protobuf/google/protobuf/struct_pb";

import { newResource } from "../../../packages/rehearse/engine/resource";
import { outputValue, type Value as Plain } from "../../../packages/rehearse/values";

const { CustomTimeouts } = RegisterResourceRequest;
const GIVEN = {
  urn: "urn",
  type: "aws:s3/bucket:Bucket",
  name: "books",
  parent: "",
  custom: true,
  inputs: { bucket: "a" },
};

describe("a new resource", () => {
  const unset = {
    ...GIVEN,
    external: false,
    id: "",
    outputs: {},
    provider: "",
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    deletedWith: "",
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    replaceOnChanges: [],
    replaceWith: [],
    additionalSecretOutputs: [],
    aliases: [],
    customTimeouts: { create: 0, update: 0, delete: 0, read: 0 },
    importId: "",
    replacementTrigger: null,
    defaults: [],
    pendingDeletion: false,
    taint: false,
    pendingReplacement: false,
    initErrors: [],
  };

  it("has only options that are given", () => {
    assert.deepEqual(newResource(GIVEN), unset);
    assert.deepEqual(newResource(GIVEN, new TransformResourceOptions()), unset);
    assert.deepEqual(newResource({ ...GIVEN, id: "a", external: true }), {
      ...unset,
      id: "a",
      external: true,
    });
  });

  it("has the options of its request", () => {
    const trigger: Plain = outputValue(["a", 1], ["urn:other"]);
    const options = new TransformResourceOptions()
      .setProtect(true)
      .setRetainOnDelete(true)
      .setDeletedWith("urn:whole")
      .setDeleteBeforeReplace(false)
      .setIgnoreChangesList(["tags"])
      .setReplaceOnChangesList(["acl"])
      .setReplaceWithList(["urn:twin"])
      .setAdditionalSecretOutputsList(["arn"])
      .setImport("books-1")
      .setReplacementTrigger(Value.fromJavaScript(trigger))
      .setCustomTimeouts(
        new CustomTimeouts().setCreate("30s").setUpdate("1m").setDelete("2h").setRead("1ms"),
      );
    assert.deepEqual(newResource(GIVEN, options), {
      ...unset,
      protect: true,
      retainOnDelete: true,
      deletedWith: "urn:whole",
      deleteBeforeReplace: false,
      ignoreChanges: ["tags"],
      replaceOnChanges: ["acl"],
      replaceWith: ["urn:twin"],
      additionalSecretOutputs: ["arn"],
      importId: "books-1",
      replacementTrigger: ["a", 1],
      customTimeouts: { create: 30, update: 60, delete: 7200, read: 0.001 },
    });
  });
});

describe("a custom timeout", () => {
  const seconds = (text: string): number => {
    const options = new TransformResourceOptions().setCustomTimeouts(new CustomTimeouts().setUpdate(text));
    return newResource(GIVEN, options).customTimeouts.update;
  };
  const durations: Record<string, number> = {
    "": 0,
    "0": 0,
    "+0": 0,
    "-0": 0,
    "30s": 30,
    "+5m": 300,
    "-5m": -300,
    "1h30m": 5400,
    "1.5h": 5400,
    ".5m": 30,
    "2.s": 2,
    "10ms": 0.01,
    "1000us": 1e-3,
    "2000µs": 2e-3,
    "3000μs": 3e-3,
    "4000000ns": 4e-3,
    "1h1m1s": 3661,
  };
  for (const [text, expected] of Object.entries(durations)) {
    it(`of ${JSON.stringify(text)} is ${expected} s`, () => {
      const difference = Math.abs(seconds(text) - expected);
      assert.ok(difference < 1e-12, String(seconds(text)));
    });
  }

  for (const text of ["10 minutes", "5", "m", "+", "00", "5m ", " 5m", "1..5s", ".s", "5d", "5m3", "a0"]) {
    it(`rejects ${JSON.stringify(text)}`, () =>
      assert.throws(() => seconds(text), {
        message: `customTimeouts.update is "${text}"; a timeout is a number with its unit, such as 30s, 5m or 1h30m`,
      }));
  }

  it("names its operation in an error", () => {
    for (const [operation, timeouts] of Object.entries({
      create: new CustomTimeouts().setCreate("x"),
      delete: new CustomTimeouts().setDelete("x"),
      read: new CustomTimeouts().setRead("x"),
    }))
      assert.throws(
        () => newResource(GIVEN, new TransformResourceOptions().setCustomTimeouts(timeouts)),
        new RegExp(`^Error: customTimeouts\\.${operation} is "x"`),
      );
  });
});
