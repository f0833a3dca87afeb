import assert from "node:assert/strict";

import { RegisterResourceOutputsRequest, ReadResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Analyzer, Planner } from "../../../packages/rehearse/engine/contracts";
import { newResource, type Resource } from "../../../packages/rehearse/engine/resource";
import {
  outputValue,
  resourceReference,
  secret,
  UNKNOWN,
  type Values,
} from "../../../packages/rehearse/values";
import { BOX, BUCKET, CLOUD, CONFIG, Engine } from "./support";

const urnOf = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;
const BOOKS = urnOf(BUCKET, "books");
const component = (request: RegisterResourceRequest): unknown => request.setType(BOX).setCustom(false);
const provider = (request: RegisterResourceRequest): unknown => request.setType("pulumi:providers:aws");

/** A pack that refuses resources named `bad`, and a stack of more than two resources. */
const STRICT: Analyzer = {
  remediate: async ({ inputs }) => ({ inputs, findings: [] }),
  analyze: async ({ name, urn }) =>
    name === "bad" ? [{ pack: "p", policy: "names", level: "mandatory", urn, message: "bad" }] : [],
  analyzeStack: async (resources, providerOf) =>
    resources.map((resource) => ({
      pack: "p",
      policy: "all",
      level: "advisory",
      urn: resource.urn,
      message: providerOf(resource)?.urn ?? "none",
    })),
};

describe("a deployment", () => {
  it("creates registered resources: unknown in a preview, known in an update", async () => {
    const preview = await new Engine().register("books", { tags: { a: "b" } });
    assert.deepEqual([preview.urn, preview.id, preview.outputs["arn"]], [BOOKS, UNKNOWN, UNKNOWN]);
    assert.deepEqual(preview.inputs, { bucket: "books-first", tags: { a: "b" }, region: "eu-west-1" });
    assert.deepEqual(preview.defaults, ["bucket"]);
    for (const options of [{ mode: "up" }, { isDeployed: true }] as const) {
      const up = await new Engine(options).register("books");
      assert.deepEqual([up.id, up.outputs["arn"]], ["books-id-first", "arn:books-id-first"]);
    }
  });

  it("creates one default provider for each package and version", async () => {
    const engine = new Engine({ mode: "up" });
    const versioned = (version: string) => (request: RegisterResourceRequest) => request.setVersion(version);
    const [a, b, c] = await Promise.all([
      engine.register("a", {}, versioned("7.1.0")),
      engine.register("b", {}, versioned("7.1.0")),
      engine.register("c", {}, versioned("7.2.0")),
    ]);
    const urn = urnOf("pulumi:providers:aws", "default_7_1_0");
    assert.equal(a.provider, `${urn}::${engine.resource(urn).id}`);
    assert.equal(b.provider, a.provider);
    assert.ok(c.provider.startsWith(`${urnOf("pulumi:providers:aws", "default_7_2_0")}::`));
    assert.equal(engine.deployment.providerOf(a), engine.resource(urn));
    assert.equal(engine.deployment.providerOf(engine.resource(urn)), undefined);
    assert.deepEqual(engine.resource(urn).outputs, { region: "eu-west-1", version: "7.1.0" });
    assert.deepEqual(engine.deployment.resources.size, 5);
  });

  it("names the resource that needs a default provider denied by the configuration", async () => {
    const tls = (request: RegisterResourceRequest): unknown => request.setType("tls:index:Key");
    const engine = new Engine();
    await assert.rejects(engine.register("key", {}, tls), { details: "resource monitor shut down" });
    const urn = urnOf("tls:index:Key", "key");
    const message = `Default provider for 'tls' disabled. '${urn}' must use an explicit provider.`;
    assert.deepEqual(engine.deployment.diagnostics, [{ severity: "error", message, urn }]);
    const other = new Engine();
    await assert.rejects(other.invoke("tls:index:f", {}));
    assert.deepEqual(other.deployment.diagnostics[0], {
      severity: "error",
      urn: "",
      message: "Default provider for 'tls' disabled. 'tls:index:f' must use an explicit provider.",
    });
  });

  it("warns about a provider without a region", async () => {
    const engine = new Engine();
    await engine.register("here", { region: "eu-west-1" }, provider);
    assert.deepEqual(engine.said, []);
    const { urn } = await engine.register("own", {}, provider);
    const message = "provider 'own' has no region, and doesn't use the stack's: us-east-1 is assumed";
    assert.deepEqual(engine.deployment.diagnostics, [{ severity: "warning", message, urn }]);
    const tls = new Engine();
    await tls.register("tls", {}, (request) => request.setType("pulumi:providers:tls"));
    assert.deepEqual(tls.said, []);
  });

  it("keeps the plugin in a provider's inputs, but not in its outputs", async () => {
    const engine = new Engine();
    const plugin = (request: RegisterResourceRequest): unknown =>
      request
        .setType("pulumi:providers:tls")
        .setVersion("5.0.0")
        .setPlugindownloadurl("https://a.example.com");
    const tls = await engine.register("tls", { proxy: "a" }, plugin);
    const internal = { pluginDownloadURL: "https://a.example.com" };
    assert.deepEqual(tls.inputs, { proxy: "a", __internal: internal, version: "5.0.0" });
    assert.deepEqual(tls.outputs, { proxy: "a", version: "5.0.0" });
    assert.equal(tls.id, UNKNOWN);
    const up = await new Engine({ mode: "up" }).register("tls", {}, plugin);
    assert.match(up.id, /^[0-9a-f-]{36}$/);
    assert.notEqual(up.id, UNKNOWN);
    assert.equal(up.provider, "");
    const bucket = await engine.register("a", {}, (request) => request.setVersion("1.0.0"));
    assert.equal(bucket.inputs["version"], undefined);
  });

  it("uses the named provider, or else the parent component's, and its region", async () => {
    const engine = new Engine({ mode: "up" });
    const [here, there] = await Promise.all(
      ["eu-north-1", "us-west-2"].map((region) => engine.register(region, { region }, provider)),
    );
    const reference = ({ urn, id }: Resource): string => `${urn}::${id}`;
    const box = await engine.register("box", {}, (request) => {
      component(request);
      request.getProvidersMap().set("aws", reference(here!));
    });
    assert.equal(box.provider, "");
    const inBox = await engine.register("in", {}, (request) => request.setParent(box.urn));
    const own = await engine.register("own", {}, (request) =>
      request.setParent(box.urn).setProvider(reference(there!)),
    );
    const given = await engine.register("given", {}, (request) =>
      request.getProvidersMap().set("aws", reference(there!)),
    );
    assert.deepEqual(
      [inBox, own, given].map(({ inputs }) => inputs["region"]),
      ["eu-north-1", "us-west-2", "us-west-2"],
    );
    const asked = await engine.invoke("aws:f", {}, (request) => request.setParent(box.urn));
    assert.deepEqual(asked, { region: "eu-north-1" });
    const named = await engine.invoke("aws:f", {}, (request) => request.setProvider(reference(there!)));
    assert.deepEqual(named, { region: "us-west-2" });
  });

  it("lets the provider add its default tags", async () => {
    const cloud: typeof CLOUD = {
      ...CLOUD,
      check: (_type, _name, _urn, inputs, { defaultTags = {} }) => ({
        inputs: { ...inputs, tagsAll: defaultTags },
        failures: [],
      }),
    };
    const engine = new Engine({ mode: "up", cloud });
    const defaultTags = JSON.stringify({ tags: { owner: "shop" } });
    const { urn, id } = await engine.register("own", { region: "eu-west-1", defaultTags }, provider);
    const tagged = await engine.register("books", {}, (request) => request.setProvider(`${urn}::${id}`));
    assert.deepEqual(tagged.inputs["tagsAll"], { owner: "shop" });
    assert.deepEqual((await engine.register("plain")).inputs["tagsAll"], {});
  });

  it("ends if a parent does not exist", async () => {
    for (const [parent, says] of [
      [urnOf(BOX, "gone"), `could not find parent resource ${urnOf(BOX, "gone")}`],
      ['the "box"', 'invalid parent URN: "the \\"box\\""'],
    ] as const) {
      const engine = new Engine();
      await assert.rejects(engine.register("a", {}, (request) => request.setParent(parent)));
      assert.deepEqual(engine.said, [`error: ${says}`]);
      assert.ok(engine.deployment.failed);
    }
  });

  it("ends at a second resource with the same URN, and logs nothing after its end", async () => {
    const engine = new Engine();
    await engine.register("books");
    await assert.rejects(engine.register("books"), { code: 14 });
    const message = `Duplicate resource URN '${BOOKS}'; try giving it a unique name`;
    const expected = [{ severity: "error", message, urn: BOOKS }];
    assert.deepEqual(engine.deployment.diagnostics, expected);
    await engine.deployment.ended;
    for (const late of [engine.register("more"), engine.invoke("aws:f", {}), engine.ask("call", callOf("a"))])
      await assert.rejects(late, { code: 14 });
    const outputs = new RegisterResourceOutputsRequest().setUrn(BOOKS);
    await assert.rejects(engine.ask("registerResourceOutputs", outputs), { code: 14 });
    await assert.rejects(engine.ask("readResource", reading("a")), { code: 14 });
    engine.deployment.say({ severity: "error", message: "echo", urn: "" });
    assert.deepEqual(engine.deployment.diagnostics, expected);
  });

  it("ends if its cloud fails, and names the resource", async () => {
    const stumbles = (): never => {
      throw new Error("the cloud stumbled");
    };
    for (const ask of [
      (engine: Engine) => engine.register("books"),
      (engine: Engine) => engine.ask("readResource", reading("books")),
    ]) {
      const engine = new Engine({ cloud: { ...CLOUD, create: stumbles, read: stumbles } });
      await assert.rejects(ask(engine));
      const [first] = engine.deployment.diagnostics;
      assert.equal(first?.message, `${BUCKET} resource 'books' has a problem: the cloud stumbled`);
      assert.equal(first.urn, BOOKS);
    }
    const engine = new Engine({ cloud: { ...CLOUD, check: stumbles } });
    await assert.rejects(engine.register("books"));
    assert.deepEqual(engine.said, ["error: the cloud stumbled"]);
  });

  describe("whose provider rejects properties", () => {
    const refused = { bad: 1, badList: [1], badName: "a", badToken: secret("b") };
    const start = `error: ${BUCKET} resource 'books'`;
    const says = [
      `${start} has a problem: it is bad`,
      `${start}: property badList value [1] has a problem: it is bad`,
      `${start}: property badName value {a} has a problem: it is bad`,
      `${start}: property badToken value [secret] has a problem: it is bad`,
    ];

    it("fails, and continues a preview", async () => {
      const engine = new Engine();
      await engine.register("books", refused);
      assert.deepEqual(engine.said, says);
      assert.ok(engine.deployment.failed);
      assert.ok(engine.deployment.diagnostics.every(({ urn }) => urn === BOOKS));
      await engine.register("more");
    });

    it("stops an update before the resource is created", async () => {
      const engine = new Engine({ mode: "up" });
      await assert.rejects(engine.register("books", refused), { code: 14 });
      assert.deepEqual(engine.said, says);
      assert.ok(!engine.deployment.resources.has(BOOKS));
      await assert.rejects(engine.register("more"), { code: 14 });
    });
  });

  it("stops an update at a resource that a pack refuses, and does not create it", async () => {
    const engine = new Engine({ mode: "up", analyzers: Promise.resolve([STRICT]) });
    const { urn } = await engine.register("good");
    await assert.rejects(engine.register("bad"), { code: 14 });
    assert.ok(engine.deployment.resources.has(urn));
    assert.ok(!engine.deployment.resources.has(urnOf(BUCKET, "bad")));
    assert.ok(engine.deployment.verdicts.refused && !engine.deployment.failed);
    await engine.deployment.ended;
  });

  it("lets the packs judge the whole stack, each resource with its provider", async () => {
    const engine = new Engine({ analyzers: Promise.resolve([STRICT]) });
    await engine.register("b");
    await engine.register("a");
    await engine.deployment.analyzeStack();
    const aws = urnOf("pulumi:providers:aws", "default");
    assert.deepEqual(
      engine.deployment.verdicts.findings.map(({ urn, message }) => [urn, message]),
      [
        [urnOf(BUCKET, "a"), aws],
        [urnOf(BUCKET, "b"), aws],
        [aws, "none"],
      ].sort(([one], [other]) => (one === aws ? -1 : other === aws ? 1 : 0)),
    );
    assert.equal(engine.deployment.activity, "the policy pack's verdict on the whole stack");
  });

  it("reports its progress", async () => {
    const engine = new Engine();
    await engine.register("books");
    assert.equal(engine.deployment.activity, `${BUCKET} books`);
    await engine.ask("readResource", reading("read"));
    assert.equal(engine.deployment.activity, `read ${BUCKET} read`);
  });

  it("stores a component's outputs", async () => {
    const engine = new Engine();
    const { urn } = await engine.register("box", {}, component);
    const request = (of: string) =>
      new RegisterResourceOutputsRequest()
        .setUrn(of)
        .setOutputs(Struct.fromJavaScript({ arn: outputValue("a", [BOOKS]) }));
    await engine.ask("registerResourceOutputs", request(urn));
    assert.deepEqual(engine.resource(urn).outputs, { arn: "a" });
    await assert.rejects(engine.ask("registerResourceOutputs", request("urn:gone")), {
      code: 2,
      details: "cannot register outputs of unknown resource urn:gone",
    });
  });
});

const reading = (name: string, id = "there"): ReadResourceRequest =>
  new ReadResourceRequest()
    .setType(BUCKET)
    .setName(name)
    .setId(id)
    .setProperties(Struct.fromJavaScript({ tags: outputValue({ a: "b" }, []), token: secret("c") }))
    .setDependenciesList([BOOKS])
    .setAdditionalsecretoutputsList(["arn", "none"]);

const callOf = (token: string, self: Values = {}) => ({
  getTok: () => token,
  getArgs: () => Struct.fromJavaScript({ __self__: self }),
});

describe("a resource that a deployment reads", () => {
  it("is not part of the stack, and has its ID and its secrets", async () => {
    const engine = new Engine();
    const answer = await engine.ask("readResource", reading("books"));
    assert.equal(answer.getUrn(), BOOKS);
    const read = engine.resource(BOOKS);
    assert.deepEqual(
      [read.external, read.custom, read.id, read.dependencies],
      [true, true, "there", [BOOKS]],
    );
    assert.ok(read.provider.startsWith(`${urnOf("pulumi:providers:aws", "default")}::`));
    const outputs = { tags: { a: "b" }, token: secret("c"), arn: secret("arn:there") };
    assert.deepEqual(read.outputs, outputs);
    assert.deepEqual(answer.getProperties()?.toJavaScript(), outputs);
  });

  it("is unknown as long as its ID is", async () => {
    const engine = new Engine();
    await engine.ask("readResource", reading("books", UNKNOWN));
    assert.deepEqual(engine.resource(BOOKS).outputs, {});
  });
});

describe("a deployment of an existing stack", () => {
  /** A planner with a fixed answer, and the calls that it got. */
  const planned = (operation: ReturnType<Planner["decide"]>, former: Partial<Resource> | undefined) => {
    const asked: unknown[] = [];
    const old =
      former &&
      newResource({
        urn: BOOKS,
        type: BUCKET,
        name: "books",
        parent: "",
        custom: true,
        inputs: {},
        ...former,
      });
    const planner: Planner = {
      find: ({ external, type }) => (type.startsWith("pulumi:") ? undefined : (asked.push(external), old)),
      goalOf: ({ inputs }) => ({ ...inputs, goal: true }),
      keepNames: (inputs, _goal, { name }) => ({ ...inputs, bucket: `kept-${name}` }),
      decide: (_resource, _former, naming) => (asked.push(naming()), operation),
      openProviderOf: () => undefined,
    };
    return { planner, asked };
  };
  const former = { id: "old", outputs: { arn: "old", bucket: "old" } };

  it("keeps unchanged outputs, and the computed outputs of changed resources", async () => {
    const same = await new Engine({ mode: "up", ...planned("same", former) }).register("books");
    assert.deepEqual([same.id, same.outputs], ["old", former.outputs]);
    assert.deepEqual(same.inputs, { bucket: "kept-books", goal: true, region: "eu-west-1" });
    const updated = await new Engine({ mode: "up", ...planned("update", former) }).register("books");
    assert.equal(updated.id, "old");
    assert.deepEqual(updated.outputs, { bucket: "kept-books", goal: true, region: "eu-west-1", arn: "old" });
  });

  it("creates replacements and new resources as if there had been none", async () => {
    const replaced = await new Engine({ mode: "up", ...planned("replace", former) }).register("books");
    assert.equal(replaced.id, "books-id-second");
    assert.deepEqual(replaced.inputs, { bucket: "books-second", region: "eu-west-1" });
    const created = await new Engine({ mode: "up", ...planned("create", undefined) }).register("books");
    assert.deepEqual([created.id, created.outputs["arn"]], ["books-id-first", "arn:books-id-first"]);
    const again = await new Engine({ mode: "up", ...planned("create", former) }).register("books");
    assert.equal(again.id, "books-id-first");
    const imported = await new Engine({ mode: "up", ...planned("import", undefined) }).register(
      ...(["books", {}, (request: RegisterResourceRequest) => request.setImportid("imported")] as const),
    );
    assert.equal(imported.id, "imported");
  });

  it("leaves a component without ID and outputs, whatever happens to it", async () => {
    const { outputs, id } = await new Engine({ ...planned("same", former) }).register("box", {}, component);
    assert.deepEqual([outputs, id], [{}, "old"]);
  });

  it("lets a provider keep its ID", async () => {
    const { planner } = planned("update", undefined);
    const old = newResource({
      urn: "u",
      type: "pulumi:providers:aws",
      name: "own",
      parent: "",
      custom: true,
      inputs: {},
      id: "former",
    });
    const engine = new Engine({ mode: "up", planner: { ...planner, find: () => old } });
    assert.equal((await engine.register("own", { region: "eu-west-1" }, provider)).id, "former");
  });

  it("tells the planner how names are generated, and which resources are read", async () => {
    const { planner, asked } = planned("create", undefined);
    await new Engine({ planner }).register("books");
    assert.deepEqual(asked.at(-1), { property: "bucket", isFixed: false });
    const naming = (name: (of: string) => string) => ({
      ...CONFIG,
      engine: {
        ...CONFIG.engine,
        naming: (_type: string, _name: string, seed: string) => ({ mode: "enforce", name: name(seed) }),
      },
    });
    const fixed = new Engine({ planner, config: naming(() => "always") as never });
    assert.equal((await fixed.register("books")).inputs["bucket"], "always");
    assert.deepEqual(asked.at(-1), { property: "bucket", isFixed: true });
    const seeded = new Engine({ planner, config: naming((seed) => `books-${seed}`) as never });
    assert.equal((await seeded.register("books")).inputs["bucket"], `books-${BOOKS}`);
    assert.deepEqual(asked.at(-1), { property: "bucket", isFixed: false });
    const nameless = new Engine({
      planner,
      cloud: {
        ...CLOUD,
        check: (_t, _n, _u, inputs) => ({ inputs: { ...inputs, tagsAll: {} }, failures: [] }),
      },
    });
    assert.deepEqual((await nameless.register("books")).defaults, []);
    assert.deepEqual(asked.at(-1), { property: undefined, isFixed: false });
    await new Engine({ planner }).ask("readResource", reading("read"));
    assert.deepEqual(asked.slice(-2), [true, { property: undefined, isFixed: false }]);
  });
});

describe("functions in a deployment", () => {
  it("are answered once their arguments are known and their dependencies exist", async () => {
    const engine = new Engine();
    assert.deepEqual(await engine.invoke("aws:f", { a: outputValue(secret("b"), []) }), {
      a: "b",
      region: "eu-west-1",
    });
    assert.equal(await engine.invoke("aws:f", { a: [UNKNOWN] }), undefined);
    const { urn } = await engine.register("books");
    assert.equal(await engine.invoke("aws:f", {}, (request) => request.setDependsonList([urn])), undefined);
  });

  it("without an answer are refused by name, and reported", async () => {
    const engine = new Engine();
    await assert.rejects(engine.invoke("aws:motto", {}), {
      code: 2,
      details: /^invocation of aws:motto returned an error: The rehearsal can't know the result/,
    });
    assert.equal(engine.deployment.unanswered.instead([]).length, 1);
    assert.deepEqual(engine.said, []);
  });

  it("in an update find resources that it created, by all their arguments", async () => {
    const found = async (mode: "preview" | "up", is: Values): Promise<unknown> => {
      const engine = new Engine({ mode });
      await engine.ask("readResource", reading("read", "books-id-first"));
      await engine.register("other", { tags: 1, token: secret("c") });
      await engine.register("books", { tags: 1 });
      const { found: outputs } = (await engine.invoke("aws:made", is)) as { found: Values | null };
      return outputs?.["bucket"];
    };
    assert.equal(await found("up", { id: "books-id-first" }), "books-first");
    assert.equal(await found("up", { tags: 1, arn: "arn:books-id-first" }), "books-first");
    assert.equal(await found("up", { token: "c" }), "other-first");
    assert.equal(await found("up", { id: "books-id-first", tags: 2 }), undefined);
    assert.equal(await found("up", {}), undefined);
    assert.equal(await found("preview", { tags: 1 }), undefined);
  });

  it("return a resource by its URN", async () => {
    const engine = new Engine();
    const { provider: reference, outputs } = await engine.register("books");
    const get = (args: Values) => engine.invoke("pulumi:pulumi:getResource", args);
    assert.deepEqual(await get({ urn: BOOKS }), { urn: BOOKS, id: "", provider: reference, state: outputs });
    await assert.rejects(get({ urn: "urn:gone" }), { details: "unknown resource urn:gone" });
    await assert.rejects(get({}), { details: "unknown resource " });
    const up = new Engine({ mode: "up" });
    await up.register("books");
    const answer = await up.invoke("pulumi:pulumi:getResource", { urn: BOOKS });
    assert.equal(answer?.["id"], "books-id-first");
  });
});

describe("a component whose provider is not available", () => {
  const remote = (request: RegisterResourceRequest): unknown => component(request) && request.setRemote(true);

  it("is one resource, whose outputs refer to unregistered children", async () => {
    const engine = new Engine({ mode: "up" });
    const box = await engine.register("box", {}, remote);
    const made = `urn:pulumi:dev::shop::${BOX}$${BUCKET}::box-made`;
    assert.deepEqual(box.outputs["bucket"], resourceReference(made, "box-made-id-first"));
    assert.ok(engine.deployment.boxes.urns.has(box.urn));
    const child = engine.deployment.boxes.child(made);
    assert.deepEqual(
      [child?.parent, child?.name, child?.type, child?.custom],
      [box.urn, "box-made", BUCKET, true],
    );
    const found = await engine.invoke("pulumi:pulumi:getResource", { urn: made });
    assert.deepEqual(found?.["state"], { arn: "arn:box-made-id-first" });
    const own = (box.outputs["own"] as Values)["urn"] as string;
    assert.equal(own, `urn:pulumi:dev::shop::${BOX}$pulumi:providers:aws::box-own`);
    assert.match(engine.deployment.boxes.child(own)?.id ?? "", /^[0-9a-f-]{36}$/);
    assert.deepEqual(engine.deployment.boxes.child(own)?.outputs, {});
    assert.ok(!engine.deployment.resources.has(made));
  });

  it("has methods that its cloud answers", async () => {
    const engine = new Engine();
    const call = async (self: unknown) =>
      (await engine.ask("call", callOf("shop:f", self as Values))).getReturn()?.toJavaScript();
    const region = "eu-west-1";
    assert.deepEqual(await call({ urn: "urn:box" }), { token: "shop:f", urn: "urn:box", region });
    for (const self of [{}, "a", { urn: 1 }])
      assert.deepEqual(await call(self), { token: "shop:f", urn: "", region });
  });
});
