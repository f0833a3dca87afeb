import assert from "node:assert/strict";

import {
  defaultProviderInputs,
  defaultProviderName,
  defaultTagsOf,
  isProviderOf,
  parseReference,
  partitionOf,
  regionOf,
} from "../../../packages/rehearse/engine/providers";
import { newResource, type Resource } from "../../../packages/rehearse/engine/resource";
import type { StackConfig } from "../../../packages/rehearse/project/config";
import { secret, UNKNOWN, type Values } from "../../../packages/rehearse/values";

const URN = "urn:pulumi:dev::shop::shop:index:Box$pulumi:providers:aws::here";

const providerWith = (inputs: Values, pkg = "aws"): Resource =>
  newResource({ urn: URN, type: `pulumi:providers:${pkg}`, name: "here", parent: "", custom: true, inputs });

/** The configuration in the form that providers get. */
const config = {
  all: () => ({ "aws:region": "eu-west-1", "shop:size": "1" }),
  ofPackage: (pkg: string) => (pkg === "aws" ? { region: "eu-west-1" } : {}),
  get: (key: string) => (key === "aws:region" ? "eu-west-1" : undefined),
} as unknown as StackConfig;
const none = { ...config, get: () => undefined } as unknown as StackConfig;

const asked = { pkg: "aws", version: "", pluginDownloadUrl: "" };
const url = "https://plugins.example.com/a-b";

describe("a default provider", () => {
  it("is named after its plugin's version and source", () => {
    assert.equal(defaultProviderName(asked), "default");
    assert.equal(defaultProviderName({ ...asked, version: "7.48.0" }), "default_7_48_0");
    const from = "https___plugins_example_com_a_b";
    assert.equal(defaultProviderName({ ...asked, pluginDownloadUrl: url }), `default_${from}`);
    const both = { ...asked, version: "1.0.0-rc.1", pluginDownloadUrl: url };
    assert.equal(defaultProviderName(both), `default_1_0_0_rc_1_${from}`);
  });

  it("has its package's configuration, and the plugin data that the engine stores", () => {
    const region = "eu-west-1";
    assert.deepEqual(defaultProviderInputs(asked, config), { region });
    assert.deepEqual(defaultProviderInputs({ ...asked, version: "7.48.0" }, config), {
      region,
      version: "7.48.0",
      __internal: {},
    });
    assert.deepEqual(defaultProviderInputs({ ...asked, pluginDownloadUrl: url }, config), {
      region,
      __internal: { pluginDownloadURL: url },
    });
  });

  it("of dynamic resources has the whole configuration", () => {
    for (const pkg of ["pulumi-nodejs", "pulumi-python"])
      assert.deepEqual(defaultProviderInputs({ ...asked, pkg }, config), config.all());
    assert.deepEqual(defaultProviderInputs({ ...asked, pkg: "tls" }, config), {});
  });
});

describe("a reference to a provider", () => {
  it("consists of a URN and an ID", () => {
    assert.deepEqual(parseReference(`${URN}::1234`), { urn: URN, id: "1234" });
    assert.ok(isProviderOf(`${URN}::1234`, "aws"));
    for (const [reference, pkg] of [
      [`${URN}::1234`, "tls"],
      ["", "aws"],
      ["urn:pulumi:dev::shop::pulumi:providers:aws$shop:index:Box::a::1", "aws"],
    ] as const)
      assert.ok(!isProviderOf(reference, pkg), reference);
  });
});

describe("the region of an AWS provider", () => {
  it("is its own, secret or not, before the stack's", () => {
    assert.equal(regionOf(providerWith({ region: "us-west-2" }), config), "us-west-2");
    assert.equal(regionOf(providerWith({ region: secret("us-west-2") }), config), "us-west-2");
    assert.equal(regionOf(providerWith({}), config), "us-east-1");
  });

  it("is the stack's if there is no such provider, or its own region is unknown", () => {
    for (const provider of [
      undefined,
      providerWith({ region: "us-west-2" }, "tls"),
      providerWith({ region: UNKNOWN }),
      providerWith({ region: 1 }),
    ]) {
      assert.equal(regionOf(provider, config), "eu-west-1");
      assert.equal(regionOf(provider, none), "us-east-1");
    }
  });

  it("determines the partition", () => {
    const regions = ["eu-west-1", "cn-north-1", "us-gov-west-1", "us-west-2"];
    assert.deepEqual(regions.map(partitionOf), ["aws", "aws-cn", "aws-us-gov", "aws"]);
  });
});

describe("the default tags of an AWS provider", () => {
  it("are read from its JSON", () => {
    const defaultTags = JSON.stringify({ tags: { owner: "shop" } });
    assert.deepEqual(defaultTagsOf(providerWith({ defaultTags })), { owner: "shop" });
    assert.deepEqual(defaultTagsOf(providerWith({ defaultTags: secret(defaultTags) })), { owner: "shop" });
    assert.equal(defaultTagsOf(providerWith({ defaultTags }, "tls")), undefined);
  });

  it("are empty if it has none, or they cannot be read", () => {
    for (const defaultTags of [UNKNOWN, "{", "null", "{}", '{"tags":[]}', '{"tags":"a"}', 1])
      assert.equal(defaultTagsOf(providerWith({ defaultTags })), undefined);
    for (const provider of [undefined, providerWith({})]) assert.equal(defaultTagsOf(provider), undefined);
  });
});
