import type { Alias } from "@pulumi/pulumi/proto/alias_pb";

import type { CloudContext, Construct, Constructed } from "../cloud/types";
import { messageOf } from "../errors";
import { contains, isSecret, secret, UNKNOWN, type Value, type Values } from "../values";
import { withHashes } from "./assets";
import { Boxes } from "./boxes";
import { constructHost } from "./construct";
import {
  type DeploymentOptions,
  type Naming,
  type ReadRequest,
  type Registered,
  ShutDown,
} from "./contracts";
import type { Diagnostic, Finding } from "./diagnostics";
import { Inheritance } from "./inheritance";
import { annotateSecrets, forProvider, unwrapOutputs } from "./marshal";
import { keepComputed } from "./existing";
import { inOrder } from "./order";
import { isPending } from "./pending";
import {
  DEFAULT_REGION,
  defaultProviderInputs,
  defaultProviderName,
  defaultTagsOf,
  parseReference,
  partitionOf,
  pluginInputs,
} from "./providers";
import { type ProviderRequest, regionOf } from "./providers";
import { newResource, type Registration, type Resource, type TransformFunction } from "./resource";
import { applyTransforms } from "./transforms";
import { isProviderType, isUrn, makeUrn, packageOf, providerType, ROOT_TYPE, uuidOf } from "./urn";

type Identity = Pick<Resource, "urn" | "type" | "name" | "parent">;

const ACCOUNT_ID = "123456789012";

/**
 * One preview or update, as the engine conducts it: it names resources, finds their providers, runs transforms,
 * asks the cloud and the policy packs, and keeps the state.
 * Source of the rules: pulumi/pulumi `pkg/resource/deploy/source_eval.go` and `step_generator.go`.
 */
export class Deployment {
  readonly resources = new Map<string, Resource>();
  readonly findings: Finding[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** Components whose children the rehearsal doesn't know; they stay one box. */
  readonly boxes = new Boxes(this);
  /** Resolves when the deployment has ended early: a refusal in `up`, or an error. */
  readonly ended: Promise<void>;
  /** True once a mandatory policy was violated. */
  refused = false;
  /** True once something went wrong that is no policy's finding. What the program reports as an error isn't, by itself. */
  failed = false;
  /** What it is doing now, for the message of a time-out. */
  activity = "";
  readonly stackTransforms: TransformFunction[] = [];

  /** Resolves when the packs have said all that they were asked so far. */
  heard: Promise<void> = Promise.resolve();

  private end: () => void = () => undefined;
  private over = false;
  /** Resources are checked, judged and created one at a time, in the order in which they arrive. */
  private turn: Promise<unknown> = Promise.resolve();
  private readonly defaultProviders = new Map<string, Promise<string>>();
  private readonly inheritance = new Inheritance();

  constructor(readonly options: DeploymentOptions) {
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  /** Ends the deployment: whoever calls from now on is told that it is over. */
  stop(): void {
    this.over = true;
    this.end();
  }

  /** Takes down what somebody says; complaints that the deployment has ended are its echo, and aren't. */
  say(diagnostic: Diagnostic): void {
    if (!this.over) this.diagnostics.push(diagnostic);
  }

  /** Reports an error and ends the deployment. */
  fail(message: string, urn = ""): ShutDown {
    this.failed = true;
    this.say({ severity: "error", message, urn });
    this.stop();
    return new ShutDown();
  }

  /** Registers a resource; resolves when it is created (in preview: when it would be). */
  async register(request: Registration): Promise<Registered> {
    this.refuseIfOver();
    const { type, name, custom, remote } = request;
    const parent = this.parentOf(request);
    if (parent) this.inheritance.apply(request, parent);
    const inherited = [...this.inheritance.transformsFrom(request.parent), ...this.stackTransforms];
    const { properties, options, dependencies, propertyDependencies } = await applyTransforms(
      request,
      inherited,
    );

    const own = new Map<string, string>(options.getProvidersMap().toObject(false));
    const providers = this.inheritance.providersOf(request, own);
    const asked = {
      pkg: packageOf(type),
      version: options.getVersion(),
      pluginDownloadUrl: options.getPluginDownloadUrl(),
    };
    const needsProvider = remote || (custom && !isProviderType(type));
    const named = options.getProvider() || providers.get(asked.pkg) || "";
    const provider = needsProvider
      ? await this.providerFor(named, request.parent, asked, this.urnOf(request))
      : "";
    const plain = withHashes(unwrapOutputs(properties), this.options.programDir);
    const inputs = isProviderType(type)
      ? { ...plain, ...pluginInputs(asked.version, asked.pluginDownloadUrl) }
      : plain;
    // A component that its provider constructs registers itself again: without its arguments, but depending on the same.
    const expand = remote ? this.options.cloud.constructs[type] : undefined;

    const resource = await this.inTurn(`${type} ${name}`, async () => {
      const identity = this.identify(request);
      const given = {
        custom,
        inputs: expand ? {} : inputs,
        dependencies,
        propertyDependencies: expand ? {} : propertyDependencies,
        // A component has no provider in the state, even if one constructs it.
        provider: custom ? provider : "",
      };
      const created = this.about(identity, () => newResource({ ...identity, ...given }, options));
      if (type === providerType("aws") && inputs["region"] === undefined) {
        const message = `provider '${name}' has no region, and doesn't take the stack's: ${DEFAULT_REGION} is assumed`;
        this.say({ severity: "warning", message, urn: created.urn });
      }
      this.inheritance.remember(created.urn, request, options.getProvider(), providers);
      await this.judgeAndCreate(created, options.getAliasesList());
      return created;
    });
    if (expand) return { resource, ...(await this.construct(expand, resource, properties)) };
    if (remote) resource.outputs = this.boxes.add(resource, this.contextOf(this.awsProviderOf(resource)));
    return { resource, outputs: resource.outputs, dependencies: {} };
  }

  /** Reads a resource that the stack doesn't manage. */
  async read(request: ReadRequest): Promise<Resource> {
    this.refuseIfOver();
    const { type, name, id, dependencies, additionalSecretOutputs } = request;
    const asked = { ...request, pkg: packageOf(type) };
    const provider = await this.providerFor(request.provider, "", asked, this.urnOf(request));
    return this.inTurn(`read ${type} ${name}`, async () => {
      const resource = newResource({
        ...this.identify(request),
        custom: true,
        external: true,
        id,
        provider,
        dependencies,
        additionalSecretOutputs,
        inputs: unwrapOutputs(request.properties),
      });
      this.resources.set(resource.urn, resource);
      const { planner } = this.options;
      const former = planner?.find(resource, []);
      planner?.decide(resource, former, { property: undefined, isFixed: false });
      const context = this.contextOf(provider);
      // What isn't there yet can't be read: the SDK makes every property unknown.
      if (id === UNKNOWN) return resource;
      const { outputs } = this.about(resource, () =>
        this.options.cloud.read(type, name, resource.urn, id, forProvider(resource.inputs), context),
      );
      resource.outputs = withSecrets(resource, outputs);
      return resource;
    });
  }

  /** Records what a component, or the program for its stack, gives out. */
  registerOutputs(urn: string, outputs: Values): void {
    this.refuseIfOver();
    const resource = this.resources.get(urn);
    if (!resource) throw new Error(`cannot register outputs of unknown resource ${urn}`);
    resource.outputs = withHashes(unwrapOutputs(outputs), this.options.programDir);
  }

  /**
   * Answers a provider function. Undefined if an argument is not known yet, or a resource that it depends on not created.
   */
  async invoke(
    token: string,
    args: Values,
    request: ProviderRequest,
    provider: string,
    parent: string,
    dependsOn: readonly string[] = [],
  ): Promise<Values | undefined> {
    this.refuseIfOver();
    const reference = await this.providerFor(provider, parent, request, token);
    if (isPending(dependsOn, this.resources, this.boxes.urns, this.cloudMode)) return undefined;
    if (token === "pulumi:pulumi:getResource") return this.getResource(args);
    const plain = forProvider(unwrapOutputs(args));
    if (JSON.stringify(plain).includes(UNKNOWN)) return undefined;
    try {
      return this.options.cloud.invoke(token, plain, this.contextOf(reference));
    } catch (error) {
      throw new Error(`invocation of ${token} returned an error: ${messageOf(error)}`, { cause: error });
    }
  }

  /** Has the packs judge the whole stack, as the engine does once every resource is in place. */
  async analyzeStack(): Promise<void> {
    this.activity = "the policy pack's verdict on the whole stack";
    const resources = inOrder(this.resources.values());
    for (const analyzer of await this.options.analyzers) {
      this.report(await analyzer.analyzeStack(resources, (resource) => this.providerOf(resource)));
    }
  }

  /** The provider resource that serves a resource; undefined for components. */
  providerOf(resource: Resource): Resource | undefined {
    return resource.provider === "" ? undefined : this.resources.get(parseReference(resource.provider).urn);
  }

  private refuseIfOver(): void {
    if (this.over) throw new ShutDown();
  }

  private async inTurn<T>(activity: string, work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(async () => {
      this.refuseIfOver();
      this.activity = activity;
      try {
        return await work();
      } catch (error) {
        throw error instanceof ShutDown ? error : this.fail(messageOf(error));
      }
    });
    this.turn = result.catch(() => undefined);
    return result;
  }

  /** The registered parent; undefined for what has none. */
  private parentOf({ parent }: Pick<Registration, "parent">): Resource | undefined {
    const found = this.resources.get(parent);
    if (parent !== "" && !found) {
      throw this.fail(
        isUrn(parent)
          ? `could not find parent resource ${parent}`
          : `invalid parent URN: ${JSON.stringify(parent)}`,
      );
    }
    return found;
  }

  private urnOf({ type, name, parent }: Pick<Registration, "type" | "name" | "parent">): string {
    return makeUrn(this.options.stack, this.options.project, parent, type, name);
  }

  /** A resource's identity; there can be only one of it. */
  private identify({ type, name, parent }: Pick<Registration, "type" | "name" | "parent">): Identity {
    const urn = this.urnOf({ type, name, parent });
    if (this.resources.has(urn)) {
      throw this.fail(`Duplicate resource URN '${urn}'; try giving it a unique name`, urn);
    }
    return { urn, type, name, parent };
  }

  /** Check, remediation, policies, plan, create: in the engine's order. */
  private async judgeAndCreate(resource: Resource, aliases: readonly Alias[]): Promise<void> {
    const { type, urn, custom } = resource;
    const { mode, goesOn, planner } = this.options;
    this.resources.set(urn, resource);
    const managed = custom && !isProviderType(type);
    const given = resource.inputs;
    const former = planner?.find(resource, aliases);
    if (managed)
      this.check(resource, former === undefined ? given : planner?.goalOf(resource, former), former);

    const provider = this.providerOf(resource);
    const analyzers = await this.options.analyzers;
    for (const analyzer of analyzers) {
      const { inputs, findings } = await analyzer.remediate(resource, provider);
      resource.inputs = inputs;
      this.report(findings);
    }
    const asked = analyzers.map((analyzer) => analyzer.analyze(resource, provider));
    if (mode === "preview") this.hearLater(asked);
    else {
      const before = this.refused;
      for (const answer of asked) this.report(await answer);
      if (this.refused && !before && goesOn !== true) {
        this.resources.delete(urn);
        throw this.stopped();
      }
    }

    const operation = planner?.decide(resource, former, this.namingOf(resource)) ?? "create";
    if (former !== undefined && operation === "same") {
      resource.id = former.id;
      if (custom) resource.outputs = former.outputs;
    } else if (managed) {
      // Another one, with names and ids of its own: the provider checks it as if there had been none.
      const seed = former !== undefined && operation === "replace" ? `${urn} (replacement)` : urn;
      if (seed !== urn) this.check(resource, given, undefined, seed);
      this.create(resource, seed, operation === "update" ? former : undefined);
    } else if (custom) {
      resource.id = former?.id ?? (this.cloudMode === "preview" ? UNKNOWN : uuidOf(urn));
      const { __internal: _, ...outputs } = resource.inputs;
      resource.outputs = outputs;
    }
  }

  /**
   * Has the provider check a resource, and stops if it refuses.
   *
   * @param goal - what it is to be. @default the inputs that the program gave
   * @param former - what it is now, whose names it keeps
   * @param seed - what names that the provider makes up follow from
   */
  private check(
    resource: Resource,
    goal: Values = resource.inputs,
    former: Resource | undefined = undefined,
    seed: string = resource.urn,
  ): void {
    const { type, name, urn } = resource;
    const { cloud, planner } = this.options;
    const context = this.namingContext(resource, seed);
    const { inputs: checked, failures } = cloud.check(type, name, seed, forProvider(goal), context);
    const inputs = former === undefined ? checked : (planner?.keepNames(checked, goal, former) ?? checked);
    resource.inputs = annotateSecrets(inputs, goal);
    resource.defaults = Object.keys(inputs).filter((key) => goal[key] === undefined && !OF_ALL.has(key));
    if (failures.length === 0) return;
    for (const { property, reason } of failures) {
      const about = property === "" ? "" : `: property ${property} value ${shown(resource.inputs[property])}`;
      this.say({
        severity: "error",
        message: `${type} resource '${name}'${about} has a problem: ${reason}`,
        urn,
      });
    }
    this.failed = true;
    // A preview goes on, to tell all that its providers refuse in one round.
    if (this.options.mode === "preview") return;
    this.resources.delete(urn);
    throw this.stopped();
  }

  /**
   * Has the provider create a resource, or change one: what it computes of that stays as it was.
   *
   * @param seed - what it makes up follows from this
   */
  private create(resource: Resource, seed: string, former: Resource | undefined): void {
    const { type, name, importId } = resource;
    const { cloud } = this.options;
    const context = this.namingContext(resource, seed);
    const inputs = forProvider(resource.inputs);
    const { id, outputs } = this.about(resource, () => cloud.create(type, name, seed, inputs, context));
    if (former === undefined) {
      resource.id = importId === "" ? id : importId;
      resource.outputs = withSecrets(resource, outputs);
      return;
    }
    resource.id = former.id;
    const computed = cloud.create(type, name, seed, inputs, { ...context, mode: "preview" }).outputs;
    resource.outputs = withSecrets(resource, keepComputed(type, inputs, outputs, computed, former.outputs));
  }

  private namingContext({ type, name, provider }: Resource, seed: string): CloudContext {
    return { ...this.contextOf(provider), naming: this.options.config.engine.naming(type, name, seed) };
  }

  /** How names of this type come about. */
  private namingOf({ type, name, provider }: Resource): Naming {
    const { cloud, config } = this.options;
    const made = cloud.check(type, name, name, {}, this.contextOf(provider)).inputs;
    const one = config.engine.naming(type, name, "one");
    const another = config.engine.naming(type, name, "another");
    return {
      property: Object.keys(made).find((key) => !OF_ALL.has(key)),
      isFixed: one !== undefined && JSON.stringify(one) === JSON.stringify(another),
    };
  }

  /** Lets a remote component's stand-in register its children. */
  private async construct(expand: Construct, component: Resource, inputs: Values): Promise<Constructed> {
    const { type, urn, name } = component;
    const provider = this.awsProviderOf(component);
    const context = this.contextOf(provider);
    const version = this.options.cloud.awsVersionOf(type, context);
    try {
      return await expand(constructHost(this, component, context, provider, version), { urn, name, inputs });
    } catch (error) {
      if (error instanceof ShutDown) throw error;
      throw this.fail(`${type} resource '${name}' has a problem: ${messageOf(error)}`, urn);
    }
  }

  /** The AWS provider that a component hands to its children; empty for the default one. */
  private awsProviderOf({ urn }: Resource): string {
    return this.inheritance.providersFrom(urn).get("aws") ?? "";
  }

  /**
   * A provider's reference: the one named, or the parent component's, or the package's default one.
   *
   * @param who - asks for it: the resource's URN, or the function's token
   */
  private async providerFor(
    named: string,
    parent: string,
    request: ProviderRequest,
    who: string,
  ): Promise<string> {
    const given = named || this.inheritance.providersFrom(parent).get(request.pkg);
    if (given) return given;
    if (this.options.config.engine.deniesDefaultProvider(request.pkg)) {
      throw this.fail(
        `Default provider for '${request.pkg}' disabled. '${who}' must use an explicit provider.`,
        isUrn(who) ? who : "",
      );
    }
    return this.defaultProvider(request);
  }

  private defaultProvider(request: ProviderRequest): Promise<string> {
    const type = providerType(request.pkg);
    const name = defaultProviderName(request);
    const known = this.defaultProviders.get(`${type} ${name}`);
    if (known) return known;
    const registered = this.inTurn(`${type} ${name}`, async () => {
      const identity = this.identify({ type, name, parent: "" });
      const inputs = defaultProviderInputs(request, this.options.config);
      const provider = newResource({ ...identity, custom: true, inputs });
      await this.judgeAndCreate(provider, []);
      return `${provider.urn}::${provider.id}`;
    });
    this.defaultProviders.set(`${type} ${name}`, registered);
    return registered;
  }

  private getResource(args: Values): Values {
    const urn = typeof args["urn"] === "string" ? args["urn"] : "";
    const resource = this.resources.get(urn) ?? this.boxes.child(urn);
    if (!resource) throw new Error(`unknown resource ${urn}`);
    return {
      urn,
      id: resource.id === UNKNOWN ? "" : resource.id,
      provider: resource.provider,
      state: resource.outputs,
    };
  }

  private get cloudMode(): CloudContext["mode"] {
    return this.options.isDeployed === true ? "up" : this.options.mode;
  }

  /** Where the cloud answers for a provider. */
  private contextOf(reference: string): CloudContext {
    const { programDir, config } = this.options;
    const provider = this.resources.get(parseReference(reference).urn);
    const region = regionOf(provider, config);
    const defaultTags = defaultTagsOf(provider);
    return {
      mode: this.cloudMode,
      programDir,
      region,
      accountId: ACCOUNT_ID,
      partition: partitionOf(region),
      ...(defaultTags ? { defaultTags } : {}),
    };
  }

  /** Has what goes wrong name the resource that it is about. */
  private about<T>({ type, name, urn }: Identity, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.fail(`${type} resource '${name}' has a problem: ${messageOf(error)}`, urn);
    }
  }

  /** In a preview no verdict stops the program, so it needn't wait for any. They are heard in order all the same. */
  private hearLater(asked: readonly Promise<readonly Finding[]>[]): void {
    for (const answer of asked) answer.catch(() => undefined); // It is heard, and reported, in its turn.
    this.heard = this.heard.then(async () => {
      try {
        for (const answer of asked) this.report(await answer);
      } catch (error) {
        this.fail(messageOf(error));
      }
    });
  }

  private report(findings: readonly Finding[]): void {
    this.findings.push(...findings);
    if (findings.some(({ level }) => level === "mandatory")) this.refused = true;
  }

  private stopped(): ShutDown {
    this.stop();
    return new ShutDown();
  }
}

/** What Check fills in of every type. */
const OF_ALL = new Set(["region", "tagsAll"]);

function withSecrets(resource: Resource, outputs: Values): Values {
  const result = annotateSecrets(outputs, resource.inputs);
  for (const key of resource.additionalSecretOutputs) {
    const value = result[key];
    if (value !== undefined) result[key] = secret(value);
  }
  return result;
}

function shown(value: Value | undefined): string {
  if (value !== undefined && contains(value, isSecret)) return "[secret]";
  return typeof value === "string" ? `{${value}}` : JSON.stringify(value);
}

/** True for the root of a stack. */
export function isRoot(resource: Resource): boolean {
  return resource.type === ROOT_TYPE;
}
