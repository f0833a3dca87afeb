import assert from "node:assert/strict";

import { TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";

import { Inheritance } from "../../../packages/rehearse/engine/inheritance";
import {
  newResource,
  type Registration,
  type Resource,
  type TransformFunction,
} from "../../../packages/rehearse/engine/resource";

const AWS = "urn:pulumi:dev::shop::pulumi:providers:aws::here::11111111";
const THERE = "urn:pulumi:dev::shop::pulumi:providers:aws::there::22222222";
const TLS = "urn:pulumi:dev::shop::pulumi:providers:tls::tls::33333333";
const BUCKET = "aws:s3/bucket:Bucket";

/** A registration, of a component by default. */
const registration = (given: Partial<Registration> = {}): Registration => ({
  type: "shop:index:Box",
  name: "box",
  parent: "",
  custom: false,
  remote: false,
  properties: {},
  dependencies: [],
  propertyDependencies: undefined,
  transforms: [],
  options: new TransformResourceOptions(),
  ...given,
});

const parentWith = (given: Partial<Resource> = {}): Resource =>
  newResource({
    urn: "urn:parent",
    type: "shop:index:Box",
    name: "box",
    parent: "",
    custom: false,
    inputs: {},
    ...given,
  });

describe("what a resource inherits from its parent", () => {
  /** The options of the child of a parent that has the provider. */
  const optionsOf = (
    child: Partial<Registration>,
    parent: Partial<Resource> = {},
    provider = "",
  ): TransformResourceOptions => {
    const inheritance = new Inheritance();
    inheritance.remember("urn:parent", registration(), provider, new Map());
    const request = registration(child);
    inheritance.apply(request, parentWith(parent));
    return request.options;
  };
  const bucket = { type: BUCKET, custom: true };

  it("includes protect, retainOnDelete and deletedWith, unless the resource sets them itself", () => {
    const parent = { protect: true, retainOnDelete: true, deletedWith: "urn:whole" };
    const taken = optionsOf(bucket, parent);
    assert.deepEqual(
      [taken.getProtect(), taken.getRetainOnDelete(), taken.getDeletedWith()],
      [true, true, "urn:whole"],
    );
    const options = new TransformResourceOptions()
      .setProtect(false)
      .setRetainOnDelete(false)
      .setDeletedWith("urn:own");
    const own = optionsOf({ ...bucket, options }, parent);
    assert.deepEqual(
      [own.getProtect(), own.getRetainOnDelete(), own.getDeletedWith()],
      [false, false, "urn:own"],
    );
    const none = optionsOf(bucket);
    assert.deepEqual(
      [none.hasProtect(), none.hasRetainOnDelete(), none.getDeletedWith()],
      [false, false, ""],
    );
  });

  it("includes the provider, if it is of the child's package, or the child is a component of the program", () => {
    assert.equal(optionsOf(bucket, {}, AWS).getProvider(), AWS);
    assert.equal(optionsOf(bucket, {}, TLS).getProvider(), "");
    assert.equal(optionsOf({}, {}, TLS).getProvider(), TLS);
    assert.equal(optionsOf({ type: "awsx:ec2:Vpc", remote: true }, {}, AWS).getProvider(), "");
    const options = new TransformResourceOptions().setProvider(THERE);
    assert.equal(optionsOf({ ...bucket, options }, {}, AWS).getProvider(), THERE);
    const unknown = registration(bucket);
    new Inheritance().apply(unknown, parentWith());
    assert.equal(unknown.options.getProvider(), "");
  });

  it("includes the transforms of all ancestors, nearest first", () => {
    const transform = (): TransformFunction => (_, properties, options) =>
      Promise.resolve({ properties, options });
    const [outer, first, second] = [transform(), transform(), transform()];
    const inheritance = new Inheritance();
    inheritance.remember("urn:outer", registration({ transforms: [outer] }), "", new Map());
    const inner = registration({ parent: "urn:outer", transforms: [first, second] });
    inheritance.remember("urn:inner", inner, "", new Map());
    assert.deepEqual(inheritance.transformsFrom("urn:inner"), [first, second, outer]);
    assert.deepEqual(inheritance.transformsFrom("urn:outer"), [outer]);
    assert.deepEqual(inheritance.transformsFrom(""), []);
  });

  it("includes a component's providers, by package, beside its own", () => {
    const inheritance = new Inheritance();
    const providers = new Map([
      ["aws", AWS],
      ["tls", TLS],
    ]);
    inheritance.remember("urn:box", registration(), "", providers);
    inheritance.remember("urn:bucket", registration(bucket), "", providers);
    assert.deepEqual(inheritance.providersFrom("urn:box"), providers);
    assert.equal(inheritance.providersFrom("urn:bucket").size, 0);
    assert.equal(inheritance.providersFrom("").size, 0);
    const own = new Map([["aws", THERE]]);
    assert.deepEqual(
      inheritance.providersOf(registration({ parent: "urn:box" }), own),
      new Map([
        ["aws", THERE],
        ["tls", TLS],
      ]),
    );
    assert.deepEqual(inheritance.providersOf(registration({ ...bucket, parent: "urn:box" }), own), own);
  });
});
