import assert from "node:assert/strict";

import * as grpc from "@grpc/grpc-js";
import { type Alias } from "@pulumi/pulumi/proto/alias_pb";
import { CallbacksService } from "@pulumi/pulumi/proto/callback_grpc_pb";
import {
  Callback,
  type CallbackInvokeRequest,
  CallbackInvokeResponse,
} from "@pulumi/pulumi/proto/callback_pb";
import { LogRequest, LogSeverity, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";

import { Door } from "../../../packages/rehearse/engine/door";
import type { Analyzer, Planner } from "../../../packages/rehearse/engine/contracts";
import { outputValue, secret, UNKNOWN, type Values } from "../../../packages/rehearse/values";
import { BOX, BUCKET, CLOUD, Engine, type Failure } from "./support";

const BOOKS = `urn:pulumi:dev::shop::${BUCKET}::books`;
const AWS = "urn:pulumi:dev::shop::pulumi:providers:aws::own::1234";

describe("the engine's answer to a program", () => {
  it("contains its stack, its configuration, and the number of parallel registrations", async () => {
    const info = await new Engine().ask("getDeploymentInfo", new Empty());
    assert.deepEqual(
      [info.getProject(), info.getStack(), info.getOrganization(), info.getDryrun(), info.getParallel()],
      ["shop", "dev", "organization", true, 16],
    );
    assert.deepEqual(info.getConfigMap().toObject(true), [["aws:region", "eu-west-1"]]);
    assert.deepEqual(info.getConfigsecretkeysList(), ["shop:token"]);
    const up = await new Engine({ mode: "up" }).ask("getDeploymentInfo", new Empty());
    assert.equal(up.getDryrun(), false);
  });

  it("lists the features that it supports, by number and by name", async () => {
    const engine = new Engine();
    const names: Record<string, keyof typeof rpc.ResourceMonitorFeature> = {
      secrets: "RESOURCE_MONITOR_FEATURE_SECRETS",
      resourceReferences: "RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES",
      outputValues: "RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES",
      aliasSpecs: "RESOURCE_MONITOR_FEATURE_ALIAS_SPECS",
      deletedWith: "RESOURCE_MONITOR_FEATURE_DELETED_WITH",
      replaceWith: "RESOURCE_MONITOR_FEATURE_REPLACE_WITH",
      replacementTrigger: "RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER",
      transforms: "RESOURCE_MONITOR_FEATURE_TRANSFORMS",
      invokeTransforms: "RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS",
      parameterization: "RESOURCE_MONITOR_FEATURE_PARAMETERIZATION",
      resourceHooks: "RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS",
      errorHooks: "RESOURCE_MONITOR_FEATURE_ERROR_HOOKS",
      invokeDependsOn: "RESOURCE_MONITOR_FEATURE_INVOKE_DEPENDS_ON",
    };
    const info = await engine.ask("getDeploymentInfo", new Empty());
    assert.deepEqual(
      info.getSupportedfeaturesList(),
      Object.values(names).map((name) => rpc.ResourceMonitorFeature[name]),
    );
    const supports = async (id: string): Promise<boolean> =>
      (await engine.ask("supportsFeature", new rpc.SupportsFeatureRequest().setId(id))).getHassupport();
    for (const id of Object.keys(names)) assert.ok(await supports(id), id);
    assert.ok(!(await supports("stateMigrations")));
  });

  it("accepts hooks without running them, and fails for the existence of a resource", async () => {
    const engine = new Engine();
    for (const method of ["registerResourceHook", "registerErrorHook", "signalAndWaitForShutdown"] as const)
      await engine.ask(method, new Empty());
    const asked = { getType: () => BUCKET, getId: () => "books-1" };
    await assert.rejects(engine.ask("existsResource", asked), {
      code: 2,
      details: `the rehearsal can't say whether ${BUCKET} books-1 exists`,
    });
  });

  it("never comes after the end, if the program can be ended", async () => {
    const engine = new Engine();
    engine.deployment.stop();
    const handlers = engine.server.monitor(false) as unknown as Record<
      string,
      (call: { request: unknown }, done: (error: Failure | null) => void) => void
    >;
    const said: unknown[] = [];
    handlers["registerResource"]!({ request: new rpc.RegisterResourceRequest() }, (error) =>
      said.push(error),
    );
    handlers["existsResource"]!({ request: { getType: () => "", getId: () => "" } }, (error) =>
      said.push(error?.code),
    );
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(said, [2]);
    await assert.rejects(engine.register("a"), { code: 14, details: "resource monitor shut down" });
  });
});

describe("the engine's answer to a registration", () => {
  const answerOf = async (engine: Engine, change: (request: rpc.RegisterResourceRequest) => unknown) => {
    const request = new rpc.RegisterResourceRequest().setType(BUCKET).setName("books").setCustom(true);
    request.setObject(Struct.fromJavaScript({ tags: 1 }));
    change(request);
    const answer = await engine.ask("registerResource", request);
    assert.equal(answer.getResult(), rpc.Result.SUCCESS);
    return [answer.getUrn(), answer.getId(), answer.getObject()?.toJavaScript()];
  };
  const nothing = (): undefined => undefined;

  it("contains URN, ID and outputs; a preview leaves out an unknown ID", async () => {
    const outputs = { bucket: "books-first", tags: 1, region: "eu-west-1" };
    assert.deepEqual(await answerOf(new Engine(), nothing), [BOOKS, "", { ...outputs, arn: UNKNOWN }]);
    const up = await answerOf(new Engine({ mode: "up" }), nothing);
    assert.deepEqual(up, [BOOKS, "books-id-first", { ...outputs, arn: "arn:books-id-first" }]);
  });

  it("contains a provider's ID even if it is unknown, as references need it", async () => {
    const [, id] = await answerOf(new Engine(), (request) => request.setType("pulumi:providers:aws"));
    assert.equal(id, UNKNOWN);
  });

  it("contains only the URN of a component, unless its provider constructs it", async () => {
    const box = (request: rpc.RegisterResourceRequest) => request.setType(BOX).setCustom(false);
    const [urn, ...rest] = await answerOf(new Engine(), box);
    assert.deepEqual([urn, rest], [`urn:pulumi:dev::shop::${BOX}::books`, ["", {}]]);
    const [, , outputs] = await answerOf(new Engine(), (request) => box(request).setRemote(true));
    assert.deepEqual(Object.keys(outputs as Values), ["bucket", "own"]);
  });
});

describe("an engine behind its door", () => {
  it("receives and sends more than gRPC's default limit", async () => {
    const engine = new Engine();
    const door = await Door.open();
    engine.server.answerAt(door);
    const client = new ResourceMonitorClient(door.address, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": -1,
    });
    try {
      const tags = "a".repeat(5 * 2 ** 20);
      const request = new rpc.RegisterResourceRequest().setType(BUCKET).setName("books").setCustom(true);
      request.setObject(Struct.fromJavaScript({ tags }));
      const answer = await new Promise<rpc.RegisterResourceResponse>((resolve, reject) =>
        client.registerResource(request, (error, given) => (error ? reject(error) : resolve(given))),
      );
      assert.equal(answer.getObject()?.toJavaScript()["tags"], tags);
      await new Promise<void>((resolve, reject) =>
        new EngineClient(door.address, grpc.credentials.createInsecure()).log(
          new LogRequest().setSeverity(LogSeverity.INFO).setMessage("open"),
          (error) => (error ? reject(error) : resolve()),
        ),
      );
      assert.deepEqual(engine.said, ["info: open"]);
    } finally {
      client.close();
      engine.server.close();
      door.close();
    }
  });
});

describe("the options of a request", () => {
  const optionsOf = async (change: (request: rpc.RegisterResourceRequest) => unknown) => {
    const seen: { aliases: readonly Alias[] }[] = [];
    const planner: Planner = {
      find: (_resource, aliases) => void seen.push({ aliases }),
      goalOf: ({ inputs }) => inputs,
      keepNames: (inputs) => inputs,
      decide: () => "create",
      openProviderOf: () => undefined,
    };
    const resource = await new Engine({ planner }).register("books", { a: 1, b: 2 }, change);
    return { resource, aliases: seen.at(-1)?.aliases.map((alias) => alias.getUrn()) };
  };

  it("become the resource's options", async () => {
    const { resource, aliases } = await optionsOf((request) =>
      request
        .setDependenciesList(["urn:z", "urn:a"])
        .setIgnorechangesList(["tags"])
        .setReplaceonchangesList(["acl"])
        .setReplacementTrigger(Value.fromJavaScript("now"))
        .setAliasurnsList(["urn:old"])
        .setProvider(AWS)
        .setCustomtimeouts(new rpc.RegisterResourceRequest.CustomTimeouts().setCreate("5m"))
        .setDeletedwith("urn:whole")
        .setReplaceWithList(["urn:twin"])
        .setAdditionalsecretoutputsList(["arn"])
        .setImportid("imported")
        .setProtect(true)
        .setRetainondelete(true)
        .setDeletebeforereplace(true),
    );
    const { dependencies, ignoreChanges, replaceOnChanges, replacementTrigger, provider } = resource;
    assert.deepEqual(
      { dependencies, ignoreChanges, replaceOnChanges, replacementTrigger, provider, aliases },
      {
        dependencies: ["urn:a", "urn:z"],
        ignoreChanges: ["tags"],
        replaceOnChanges: ["acl"],
        replacementTrigger: "now",
        provider: AWS,
        aliases: ["urn:old"],
      },
    );
    const { customTimeouts, deletedWith, replaceWith, importId, id, outputs } = resource;
    assert.deepEqual(
      { create: customTimeouts.create, deletedWith, replaceWith, importId, id, arn: outputs["arn"] },
      {
        create: 300,
        deletedWith: "urn:whole",
        replaceWith: ["urn:twin"],
        importId: "imported",
        id: "imported",
        arn: secret(UNKNOWN),
      },
    );
    const { protect, retainOnDelete, deleteBeforeReplace } = resource;
    assert.deepEqual([protect, retainOnDelete, deleteBeforeReplace], [true, true, true]);
  });

  it("distinguish an unset value from false", async () => {
    const inBox = async (change: (request: rpc.RegisterResourceRequest) => unknown) => {
      const engine = new Engine();
      const { urn } = await engine.register("box", {}, (request) =>
        request.setType(BOX).setCustom(false).setProtect(true).setRetainondelete(true),
      );
      const { protect, retainOnDelete, deleteBeforeReplace } = await engine.register("books", {}, (request) =>
        change(request.setParent(urn)),
      );
      return [protect, retainOnDelete, deleteBeforeReplace];
    };
    assert.deepEqual(await inBox(() => undefined), [true, true, undefined]);
    assert.deepEqual(await inBox((request) => request.setProtect(false).setRetainondelete(false)), [
      false,
      false,
      undefined,
    ]);
    const defined = (request: rpc.RegisterResourceRequest) => request.setDeletebeforereplacedefined(true);
    assert.deepEqual(await inBox(defined), [true, true, false]);
  });

  it("contain the dependencies of each property; with an older SDK each property depends on all", async () => {
    const all = (request: rpc.RegisterResourceRequest) => request.setDependenciesList(["urn:z"]);
    const { resource } = await optionsOf(all);
    assert.deepEqual(resource.propertyDependencies, { a: ["urn:z"], b: ["urn:z"] });
    const { resource: told } = await optionsOf((request) => {
      const urns = new rpc.RegisterResourceRequest.PropertyDependencies().setUrnsList(["urn:y"]);
      all(request).getPropertydependenciesMap().set("b", urns);
    });
    assert.deepEqual(told.propertyDependencies, { a: [], b: ["urn:y"] });
    assert.deepEqual(told.dependencies, ["urn:z"]);
    const { resource: remote } = await optionsOf((request) => all(request).setCustom(false).setRemote(true));
    assert.deepEqual(remote.propertyDependencies, { a: [], b: [] });
  });
});

describe("a package that a program registers", () => {
  const versionOf = async (request: rpc.RegisterPackageRequest): Promise<string> => {
    const engine = new Engine();
    const reference = (await engine.ask("registerPackage", request)).getRef();
    await engine.register("a", {}, (of) => of.setPackageref(reference).setVersion("9.9.9"));
    const names = [...engine.deployment.resources.values()].map(({ name }) => name);
    const asked = new Engine();
    await asked.ask("registerPackage", request);
    await asked
      .invoke("other:f", {}, (of) => of.setPackageref(reference).setVersion("9.9.9"))
      .catch(() => undefined);
    const [provider] = asked.deployment.resources.values();
    return `${reference} ${names[0]} ${provider?.type}`;
  };

  it("sets the version of resources that refer to it, and the provider of its functions", async () => {
    const plain = new rpc.RegisterPackageRequest().setName("aws").setVersion("7.1.0");
    assert.equal(await versionOf(plain), "aws@7.1.0 default_7_1_0 pulumi:providers:aws");
    const parameter = new rpc.Parameterization().setName("shop").setVersion("2.0.0");
    const bridged = new rpc.RegisterPackageRequest().setName("terraform").setVersion("1.0.0");
    assert.equal(
      await versionOf(bridged.setParameterization(parameter)),
      "shop@2.0.0 default_2_0_0 pulumi:providers:shop",
    );
  });
});

describe("a function's default provider", () => {
  it("has the function's package, and the version and source that its SDK names", async () => {
    const engine = new Engine();
    await engine.invoke("aws:f", {}, (request) =>
      request.setVersion("7.1.0").setPlugindownloadurl("https://a.example.com"),
    );
    const [provider] = engine.deployment.resources.values();
    assert.equal(provider?.name, "default_7_1_0_https___a_example_com");
    assert.equal(provider?.type, "pulumi:providers:aws");
  });
});

describe("a program's log", () => {
  it("is kept with severity and resource, except for debug and ephemeral messages", async () => {
    const engine = new Engine();
    const service = engine.server.engine() as unknown as Record<
      string,
      (call: { request: unknown }, done: (error: Error | null, answer: { getUrn(): string }) => void) => void
    >;
    const ask = (method: string, request: unknown) =>
      new Promise<{ getUrn(): string }>((resolve, reject) =>
        service[method]!({ request }, (error, answer) => (error === null ? resolve(answer) : reject(error))),
      );
    const frame = "\n    at node:internal/main:1:2";
    const log = (severity: LogSeverity, isPassing = false) =>
      new LogRequest().setSeverity(severity).setMessage(`a${frame}\n `).setUrn(BOOKS).setEphemeral(isPassing);
    for (const severity of [LogSeverity.DEBUG, LogSeverity.INFO, LogSeverity.WARNING, LogSeverity.ERROR])
      await ask("log", log(severity));
    await ask("log", log(LogSeverity.INFO, true));
    assert.deepEqual(engine.deployment.diagnostics, [
      { severity: "info", message: `a${frame}`, urn: BOOKS },
      { severity: "warning", message: `a${frame}`, urn: BOOKS },
      { severity: "error", message: "a", urn: BOOKS },
    ]);
    assert.equal((await ask("getRootResource", new Empty())).getUrn(), "");
    await ask("setRootResource", new SetRootResourceRequest().setUrn("urn:root"));
    assert.equal((await ask("getRootResource", new Empty())).getUrn(), "urn:root");
    for (const method of ["startDebugging", "requirePulumiVersion"]) await ask(method, new Empty());
  });
});

describe("transforms", () => {
  /** The callbacks that a program provides to the engine, by name. */
  type Lent = Record<string, (request: Uint8Array) => { serializeBinary(): Uint8Array }>;
  let target: string;
  let lent: Lent;
  const program = new grpc.Server();
  before(async () => {
    program.addService(CallbacksService, {
      invoke: (
        { request }: { request: CallbackInvokeRequest },
        done: (error: Partial<grpc.ServiceError> | null, answer?: CallbackInvokeResponse) => void,
      ) => {
        try {
          const answer = lent[request.getToken()]!(request.getRequest_asU8()).serializeBinary();
          done(null, new CallbackInvokeResponse().setResponse(answer));
        } catch (error) {
          done({ code: grpc.status.UNKNOWN, details: String(error) });
        }
      },
    });
    target = await new Promise((resolve, reject) =>
      program.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(`127.0.0.1:${port}`),
      ),
    );
  });
  after(() => program.forceShutdown());
  const engines: Engine[] = [];
  afterEach(() => engines.splice(0).forEach(({ server }) => server.close()));
  const engineWith = (functions: Lent): Engine => {
    lent = functions;
    const engine = new Engine({ mode: "up" });
    engines.push(engine);
    return engine;
  };
  const callback = (token: string): Callback => new Callback().setTarget(target).setToken(token);
  const tagging = (tag: string) => (request: Uint8Array) => {
    const asked = rpc.TransformRequest.deserializeBinary(request);
    const { tags, ...rest } = asked.getProperties()!.toJavaScript() as { tags?: string };
    return new rpc.TransformResponse().setProperties(
      Struct.fromJavaScript({ ...rest, tags: `${tags ?? ""}${tag}` }),
    );
  };

  it("change properties: the resource's own first, then its parent's, then the stack's", async () => {
    const engine = engineWith({ own: tagging("1"), parent: tagging("2"), stack: tagging("3") });
    await engine.ask("registerStackTransform", callback("stack"));
    const { urn } = await engine.register("box", {}, (request) =>
      request
        .setType(BOX)
        .setCustom(false)
        .setTransformsList([callback("parent")]),
    );
    const { inputs } = await engine.register("books", {}, (request) =>
      request.setParent(urn).setTransformsList([callback("own")]),
    );
    assert.equal(inputs["tags"], "123");
  });

  it("receive the owner of the properties, and may change options only", async () => {
    const seen: unknown[] = [];
    const engine = engineWith({
      own: (request) => {
        const asked = rpc.TransformRequest.deserializeBinary(request);
        seen.push(asked.getType(), asked.getName(), asked.getParent(), asked.getCustom());
        return new rpc.TransformResponse().setOptions(asked.getOptions()!.setProtect(true));
      },
      nothing: () => new rpc.TransformResponse(),
    });
    const { protect, inputs } = await engine.register("books", { tags: "a" }, (request) =>
      request.setTransformsList([callback("own"), callback("nothing")]),
    );
    assert.deepEqual([protect, inputs["tags"]], [true, "a"]);
    assert.deepEqual(seen, [BUCKET, "books", "", true]);
  });

  it("fail with a reason", async () => {
    const engine = engineWith({
      own: () => {
        throw new Error("the transform stumbled");
      },
    });
    await assert.rejects(
      engine.register("books", {}, (request) => request.setTransformsList([callback("own")])),
      { code: 2, details: "Error: the transform stumbled" },
    );
  });

  it("set property dependencies: from their own values, or from the resource's", async () => {
    const engine = engineWith({ keep: () => new rpc.TransformResponse() });
    const properties = { a: outputValue("1", ["urn:a"]), b: "2", c: outputValue("3", ["urn:z"]) };
    const registered = async (name: string, change: (request: rpc.RegisterResourceRequest) => unknown) => {
      const resource = await engine.register(name, properties, (request) => {
        request.setDependenciesList(["urn:d"]);
        const urns = new rpc.RegisterResourceRequest.PropertyDependencies().setUrnsList(["urn:p"]);
        request.getPropertydependenciesMap().set("b", urns);
        change(request);
      });
      return [resource.dependencies, resource.propertyDependencies];
    };
    const of = { a: ["urn:a"], b: ["urn:p"], c: ["urn:z"] };
    assert.deepEqual(await registered("plain", () => undefined), [["urn:d"], of]);
    assert.deepEqual(await registered("own", (request) => request.setTransformsList([callback("keep")])), [
      ["urn:a", "urn:d", "urn:p", "urn:z"],
      of,
    ]);
  });

  it("of functions change arguments and options, in sequence", async () => {
    const tokens: string[] = [];
    const engine = engineWith({
      first: (request) => {
        const asked = rpc.TransformInvokeRequest.deserializeBinary(request);
        tokens.push(asked.getToken());
        const args = { ...asked.getArgs()!.toJavaScript(), more: 1 };
        return new rpc.TransformInvokeResponse()
          .setArgs(Struct.fromJavaScript(args))
          .setOptions(asked.getOptions()!.setVersion("7.2.0"));
      },
      second: (request) => {
        const asked = rpc.TransformInvokeRequest.deserializeBinary(request);
        tokens.push(asked.getOptions()!.getVersion());
        return new rpc.TransformInvokeResponse();
      },
    });
    for (const name of ["first", "second"]) await engine.ask("registerStackInvokeTransform", callback(name));
    const answer = await engine.invoke("aws:f", { own: 2 }, (request) => request.setVersion("7.1.0"));
    assert.deepEqual(answer, { own: 2, more: 1, region: "eu-west-1" });
    assert.deepEqual(tokens, ["aws:f", "7.2.0"]);
    const [provider] = engine.deployment.resources.values();
    assert.equal(provider?.name, "default_7_2_0");
  });
});

describe("a remote component that the simulated cloud expands", () => {
  const TYPE = "awsx:shop:Box";
  const URN = `urn:pulumi:dev::shop::${TYPE}::box`;

  /** Registers a remote component whose provider runs the given function. */
  const constructed = async (
    expand: (typeof CLOUD.constructs)[string],
    properties: Values = {},
    change: (request: rpc.RegisterResourceRequest) => unknown = () => undefined,
    analyzers: readonly Analyzer[] = [],
  ) => {
    const constructs = { [TYPE]: expand };
    const engine = new Engine({
      mode: "up",
      cloud: { ...CLOUD, constructs, awsVersionOf: () => "7.43.0" },
      analyzers: Promise.resolve(analyzers),
    });
    const request = new rpc.RegisterResourceRequest().setType(TYPE).setName("box").setRemote(true);
    change(request.setObject(Struct.fromJavaScript(properties)));
    return { engine, answer: await engine.ask("registerResource", request).catch((error: Failure) => error) };
  };

  it("registers its children with its provider's version, and returns the dependencies of its outputs", async () => {
    let told: unknown;
    const { engine, answer } = await constructed(
      async (host, { urn, name, inputs }) => {
        assert.deepEqual([urn, name, inputs, host.context.region], [URN, "box", { size: 1 }, "eu-west-1"]);
        const child = await host.register({
          type: BUCKET,
          name: "in",
          parent: urn,
          inputs: { tags: secret("a"), none: undefined },
          dependsOn: ["urn:d"],
          propertyDependencies: { tags: ["urn:p", "urn:d"] },
        });
        told = [child, await host.resource(child.urn), await host.invoke("aws:f", { a: 1 })];
        host.warn("it is old");
        return { outputs: { bucket: child.id }, dependencies: { bucket: [child.urn] } };
      },
      { size: 1 },
    );
    const child = engine.resource(`urn:pulumi:dev::shop::${TYPE}$${BUCKET}::in`);
    const outputs = { bucket: "in-first", tags: "a", region: "eu-west-1", arn: "arn:in-id-first" };
    assert.deepEqual(told, [
      { urn: child.urn, id: "in-id-first", outputs },
      { id: "in-id-first", state: { ...outputs, tags: secret("a") } },
      { a: 1, region: "eu-west-1" },
    ]);
    assert.deepEqual([child.dependencies, child.custom], [["urn:d", "urn:p"], true]);
    assert.deepEqual(child.propertyDependencies, { tags: ["urn:d", "urn:p"] });
    assert.match(child.provider, /::default_7_43_0::/);
    assert.deepEqual(engine.resource(URN).inputs, {});
    assert.ok(answer instanceof rpc.RegisterResourceResponse);
    assert.deepEqual(answer.getObject()?.toJavaScript(), { bucket: "in-id-first" });
    assert.deepEqual(answer.getPropertydependenciesMap().get("bucket")?.getUrnsList(), [child.urn]);
    assert.deepEqual(engine.deployment.diagnostics, [
      { severity: "warning", message: "it is old", urn: URN },
    ]);
    assert.equal(engine.deployment.boxes.urns.size, 0);
    const providers = [...engine.deployment.resources.values()].filter(({ type }) =>
      type.startsWith("pulumi:"),
    );
    assert.deepEqual(
      providers.map(({ type, name }) => [type, name]),
      [
        ["pulumi:providers:awsx", "default"],
        ["pulumi:providers:aws", "default_7_43_0"],
        ["pulumi:providers:pulumi", "default"],
      ],
    );
  });

  it("passes the AWS provider that it was given to its children", async () => {
    let provider = "";
    await constructed(
      async (host, { urn }) => {
        const child = await host.register({
          type: BUCKET,
          name: "in",
          parent: urn,
          inputs: {},
          dependsOn: [],
        });
        provider = child.urn;
        await host.invoke("aws:f", {});
        return { outputs: {}, dependencies: {} };
      },
      {},
      (request) => request.getProvidersMap().set("aws", AWS),
    ).then(({ engine }) => {
      assert.equal(engine.resource(provider).provider, AWS);
      assert.deepEqual(
        [...engine.deployment.resources.values()].map(({ name }) => name),
        ["default", "box", "in"],
      );
    });
  });

  it("ends the deployment on an error, by its name", async () => {
    for (const [expand, says] of [
      [() => Promise.reject(new Error("it stumbled")), "it stumbled"],
      [
        (host) => host.invoke("aws:f", { a: UNKNOWN }) as never,
        "aws:f needs arguments that aren't known yet",
      ],
    ] as [(typeof CLOUD.constructs)[string], string][]) {
      const { engine, answer } = await constructed(expand);
      assert.equal((answer as Failure).code, 14);
      const message = `${TYPE} resource 'box' has a problem: ${says}`;
      assert.deepEqual(engine.deployment.diagnostics, [{ severity: "error", message, urn: URN }]);
    }
  });

  it("is stopped, without an error of its own, if a pack refuses its child", async () => {
    const refusing: Analyzer = {
      remediate: async ({ inputs }) => ({ inputs, findings: [] }),
      analyze: async ({ name, urn }) =>
        name === "in" ? [{ pack: "p", policy: "none", level: "mandatory", urn, message: "no" }] : [],
      analyzeStack: async () => [],
    };
    const { engine } = await constructed(
      async (host, { urn }) => {
        await host.register({ type: BUCKET, name: "in", parent: urn, inputs: {}, dependsOn: [] });
        return { outputs: {}, dependencies: {} };
      },
      {},
      () => undefined,
      [refusing],
    );
    assert.deepEqual([engine.deployment.verdicts.refused, engine.deployment.failed], [true, false]);
    assert.deepEqual(engine.said, []);
  });

  it("reports its children's own failures once", async () => {
    const { engine } = await constructed(async (host, { urn }) => {
      const child = { type: BUCKET, name: "in", parent: urn, inputs: {}, dependsOn: [] };
      await host.register(child);
      await host.register(child);
      return { outputs: {}, dependencies: {} };
    });
    assert.deepEqual(engine.said.length, 1);
    assert.match(engine.said[0] ?? "", /^error: Duplicate resource URN/);
  });
});
