import assert from "node:assert/strict";

import {
  annotateSecrets,
  forPack,
  forProvider,
  hasSecret,
  outputDependencies,
  unwrapOutputs,
  withDependencies,
} from "../../../packages/rehearse/engine/marshal";
import { outputValue, resourceReference, secret, UNKNOWN } from "../../../packages/rehearse/values";

const BUCKET = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::books";
const BOX = "urn:pulumi:dev::shop::shop:index:Box::box";

describe("values that the engine passes on", () => {
  it("contain no output values in a resource's inputs: known, unknown or secret, at any depth", () => {
    assert.deepEqual(
      unwrapOutputs({
        plain: "a",
        known: outputValue("b", [BUCKET]),
        unknown: outputValue(UNKNOWN, [BUCKET]),
        hidden: outputValue(secret("c"), [BUCKET]),
        list: [outputValue({ inner: outputValue(1, []) }, [])],
      }),
      { plain: "a", known: "b", unknown: UNKNOWN, hidden: secret("c"), list: [{ inner: 1 }] },
    );
  });

  it("contain neither secrets nor references for a provider", () => {
    assert.deepEqual(
      forProvider({
        hidden: secret({ inner: secret("a") }),
        empty: secret(null),
        bucket: resourceReference(BUCKET, "books-1234567"),
        planned: resourceReference(BUCKET, ""),
        box: resourceReference(BOX),
        nested: [{ list: [secret("b")] }],
      }),
      {
        hidden: { inner: "a" },
        empty: null,
        bucket: "books-1234567",
        planned: UNKNOWN,
        box: BOX,
        nested: [{ list: ["b"] }],
      },
    );
  });

  it("contain secrets for a policy pack, but no references and none of the engine's own keys", () => {
    assert.deepEqual(
      forPack({
        hidden: secret({ bucket: resourceReference(BUCKET, "books-1234567"), __internal: 1 }),
        box: resourceReference(BOX),
        __defaults: [],
        nested: [{ __defaults: [], tag: "a" }],
      }),
      { hidden: secret({ bucket: "books-1234567" }), box: BOX, nested: [{ tag: "a" }] },
    );
  });

  it("are secret where a provider returns what was secret in the inputs, and nowhere else", () => {
    const outputs = {
      password: "a",
      name: "b",
      id: "c",
      list: ["d"],
      known: secret("e"),
      tags: { token: "f", owner: "g" },
      whole: { inner: "h" },
    };
    const inputs = {
      password: secret("a"),
      name: "b",
      list: [secret("d")],
      known: secret("e"),
      gone: secret("i"),
      tags: { token: secret("f"), owner: "g" },
      whole: secret({ inner: "h" }),
    };
    assert.deepEqual(annotateSecrets(outputs, inputs), {
      password: secret("a"),
      name: "b",
      id: "c",
      list: secret(["d"]),
      known: secret("e"),
      tags: { token: secret("f"), owner: "g" },
      whole: secret({ inner: "h" }),
    });
    assert.equal(outputs.password, "a");
  });

  it("are secret if any part of them is", () => {
    assert.ok(hasSecret(secret("a")));
    assert.ok(hasSecret(["a", { inner: secret("b") }]));
    assert.ok(!hasSecret(["a", { inner: "b" }]));
    assert.ok(!hasSecret(null));
  });

  it("depend on the dependencies of every output value in them", () => {
    const value = [
      "a",
      { inner: outputValue({ deep: outputValue("b", ["urn:deep"]) }, ["urn:outer"]) },
      outputValue(UNKNOWN, ["urn:unknown"]),
    ];
    assert.deepEqual([...outputDependencies(value)], ["urn:outer", "urn:deep", "urn:unknown"]);
    assert.deepEqual([...outputDependencies("a")], []);
  });

  it("get the dependencies of their property that they lack", () => {
    const own = { inner: outputValue("a", ["urn:a", "urn:b"]) };
    assert.deepEqual(
      withDependencies(
        { own, more: own, some: outputValue("c", ["urn:a"]), plain: "d", free: "e" },
        { own: ["urn:a"], more: ["urn:c"], some: ["urn:a", "urn:b"], plain: ["urn:a"], other: ["urn:z"] },
      ),
      {
        own,
        more: outputValue(own, ["urn:c"]),
        some: outputValue("c", ["urn:a", "urn:b"]),
        plain: outputValue("d", ["urn:a"]),
        free: "e",
      },
    );
  });
});
