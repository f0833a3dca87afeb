import { isDeepStrictEqual } from "node:util";

import type { Alias } from "@pulumi/pulumi/proto/alias_pb";

import type { Construct, Constructed } from "../cloud/types";
import { withUnknown } from "../diff/paths";
import { messageOf } from "../errors";
import { UNKNOWN, type Values } from "../values";
import { withHashes } from "./assets";
import { Boxes } from "./boxes";
import { constructHost } from "./construct";
import { type DeploymentOptions, type ReadRequest, type Registered, ShutDown } from "./contracts";
import type { Diagnostic } from "./diagnostics";
import { Functions } from "./functions";
import { Inheritance } from "./inheritance";
import { unwrapOutputs } from "./marshal";
import { inOrder } from "./order";
import {
  DEFAULT_REGION,
  defaultProviderInputs,
  defaultProviderName,
  parseReference,
  pluginInputs,
  type ProviderRequest,
} from "./providers";
import { ProviderSide } from "./provider-side";
import { isAdopted, newResource, type Registration, type Resource, type TransformFunction } from "./resource";
import { applyTransforms } from "./transforms";
import { Unanswered } from "./unanswered";
import { isProviderType, isUrn, makeUrn, packageOf, providerType, ROOT_TYPE, uuidOf } from "./urn";
import { Verdicts } from "./verdicts";

type Identity = Pick<Resource, "urn" | "type" | "name" | "parent">;

/**
 * One preview or update, as the engine runs it: it names resources, finds their providers, runs transforms,
 * asks the cloud and the policy packs, and keeps the state.
 * Source of the rules: pulumi/pulumi `pkg/resource/deploy/source_eval.go` and `step_generator.go`.
 */
export class Deployment {
  readonly resources = new Map<string, Resource>();
  readonly diagnostics: Diagnostic[] = [];
  /** Remote components whose children the rehearsal doesn't know; each stays one box. */
  readonly boxes: Boxes;
  readonly unanswered = new Unanswered();
  /** Resolves when the deployment has ended early: a refusal in `up`, or an error. */
  readonly ended: Promise<void>;
  /** True after an error that is not a finding. An error that the program reports doesn't set it. */
  failed = false;
  /** The current step, for the message of a timeout. */
  activity = "";
  readonly stackTransforms: TransformFunction[] = [];

  /** The results of the policy packs. */
  readonly verdicts: Verdicts;
  private end: () => void = () => undefined;
  private over = false;
  /** Resources are checked, judged and created one at a time, in the order in which they arrive. */
  private turn: Promise<unknown> = Promise.resolve();
  private readonly defaultProviders = new Map<string, Promise<string>>();
  private readonly inheritance = new Inheritance();
  private readonly providers: ProviderSide;
  private readonly functions: Functions;

  constructor(readonly options: DeploymentOptions) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.verdicts = new Verdicts(options, (message) => void this.fail(message));
    this.boxes = new Boxes(options);
    this.providers = new ProviderSide(options, this.resources);
    this.functions = new Functions(this, this.providers);
  }

  /** Ends the deployment: later calls are told that it is over. */
  stop(): void {
    this.over = true;
    this.end();
  }

  /** Records a diagnostic. Messages that only repeat that the deployment has ended are dropped. */
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
    // A component that its provider constructs registers itself again: without its arguments, but with the same
    // dependencies.
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
        const message = `provider '${name}' has no region, and doesn't use the stack's: ${DEFAULT_REGION} is assumed`;
        this.say({ severity: "warning", message, urn: created.urn });
      }
      this.inheritance.remember(created.urn, request, options.getProvider(), providers);
      await this.judgeAndCreate(created, options.getAliasesList());
      return created;
    });
    if (expand) return { resource, ...(await this.construct(expand, resource, properties)) };
    if (remote)
      resource.outputs = this.boxes.add(resource, this.providers.contextOf(this.awsProviderOf(resource)));
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
      planner?.decide(resource, former, () => ({ property: undefined, isFixed: false }));
      this.about(resource, () => this.providers.read(resource));
      return resource;
    });
  }

  /** Records the outputs of a component, or of the stack. */
  registerOutputs(urn: string, outputs: Values): void {
    this.refuseIfOver();
    const resource = this.resources.get(urn);
    if (!resource) throw new Error(`cannot register outputs of unknown resource ${urn}`);
    resource.outputs = withHashes(unwrapOutputs(outputs), this.options.programDir);
  }

  /** Answers a provider function; see {@link Functions.answer}. */
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
    return this.functions.answer(token, args, reference, dependsOn);
  }

  /** Answers a method of a component whose provider isn't available. */
  call(token: string, args: Values): Values {
    this.refuseIfOver();
    return this.boxes.call(token, args, this.providers.contextOf(""));
  }

  /** Lets the packs judge the whole stack, as the engine does once every resource is registered. */
  async analyzeStack(): Promise<void> {
    this.activity = "the policy pack's verdict on the whole stack";
    const resources = inOrder(this.resources.values());
    await this.verdicts.judgeStack(resources, (resource) => this.providerOf(resource));
  }

  /** The provider resource of a resource; undefined for components. */
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

  /** The registered parent; undefined if the resource has none. */
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

  /** A resource's identity, which must be unique. */
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
    const { planner } = this.options;
    this.resources.set(urn, resource);
    const managed = custom && !isProviderType(type);
    const given = resource.inputs;
    const former = planner?.find(resource, aliases);
    if (former !== undefined && former.urn !== urn) resource.aliases = [former.urn];
    const isImported = managed && isAdopted(resource, former);
    const kept = isImported ? undefined : former;
    const goal = kept === undefined ? given : (planner?.goalOf(resource, kept) ?? given);
    if (managed) this.check(resource, goal, kept);
    const checked = resource.inputs;
    const unread = isImported ? resource.ignoreChanges : [];
    if (unread.length > 0) this.leaveUnknown(resource, unread);
    const shown = resource.inputs;

    this.goOnIf(resource, await this.verdicts.judge(resource, this.providerOf(resource)));

    const operation = planner?.decide(resource, former, () => this.providers.namingOf(resource)) ?? "create";
    if (former !== undefined && operation === "same") {
      resource.id = former.id;
      if (custom) resource.outputs = former.outputs;
    } else if (managed) {
      // A different resource with new names and ids: the provider checks it as if there had been no old one.
      const seed = operation === "replace" && !isImported ? `${urn} (replacement)` : urn;
      if (seed !== urn) {
        const isOther = resource.inputs !== shown || !isDeepStrictEqual(goal, given);
        this.check(resource, given, undefined, seed);
        // As in the engine, ignoreChanges and remediations don't apply to the new resource, but there no policy sees it.
        if (isOther)
          this.goOnIf(resource, await this.verdicts.judgeAgain(resource, this.providerOf(resource)));
      }
      const judged = resource.inputs;
      // The provider computes from the program's values what it would compute from those that aren't known.
      if (unread.length > 0) resource.inputs = checked;
      const changed = operation === "update" ? former : undefined;
      this.about(resource, () => this.providers.create(resource, seed, changed));
      resource.inputs = judged;
      resource.outputs = withUnknown(resource.outputs, unread);
    } else if (custom) {
      resource.id = former?.id ?? (this.providers.mode === "preview" ? UNKNOWN : uuidOf(urn));
      const { __internal: _, ...outputs } = resource.inputs;
      resource.outputs = outputs;
    }
  }

  /** What an imported resource has where the program ignores changes is not known: it has what exists, not what the program says. */
  private leaveUnknown(resource: Resource, paths: readonly string[]): void {
    resource.inputs = withUnknown(resource.inputs, paths);
    const message = `its ${paths.join(", ")} in AWS can't be known here: it is imported, and changes of it are ignored`;
    this.say({ severity: "warning", message, urn: resource.urn });
  }

  /** Stops if a policy refuses a resource. */
  private goOnIf({ urn }: Resource, isAllowed: boolean): void {
    if (isAllowed) return;
    this.resources.delete(urn);
    throw this.stopped();
  }

  /** Lets the provider check a resource, and stops if it refuses; see {@link ProviderSide.check}. */
  private check(resource: Resource, goal?: Values, former?: Resource, seed?: string): void {
    const { urn } = resource;
    const failures = this.providers.check(resource, goal, former, seed);
    if (failures.length === 0) return;
    for (const message of failures) this.say({ severity: "error", message, urn });
    this.failed = true;
    // A preview continues, to report everything that its providers refuse in one run.
    if (this.options.mode === "preview") return;
    this.resources.delete(urn);
    throw this.stopped();
  }

  /** Lets the stand-in for a remote component's provider register its children. */
  private async construct(expand: Construct, component: Resource, inputs: Values): Promise<Constructed> {
    const { type, urn, name } = component;
    const provider = this.awsProviderOf(component);
    const context = this.providers.contextOf(provider);
    const version = this.options.cloud.awsVersionOf(type, context);
    try {
      return await expand(constructHost(this, component, context, provider, version), { urn, name, inputs });
    } catch (error) {
      if (error instanceof ShutDown) throw error;
      throw this.fail(`${type} resource '${name}' has a problem: ${messageOf(error)}`, urn);
    }
  }

  /** The AWS provider that a component passes to its children; empty for the default one. */
  private awsProviderOf({ urn }: Resource): string {
    return this.inheritance.providersFrom(urn).get("aws") ?? "";
  }

  /**
   * Finds a provider's reference: the named one, else the parent component's, else the package's default provider.
   *
   * @param who - the requester: the resource's URN, or the function's token
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

  /** Adds the name of the resource to an error. */
  private about<T>({ type, name, urn }: Identity, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.fail(`${type} resource '${name}' has a problem: ${messageOf(error)}`, urn);
    }
  }

  private stopped(): ShutDown {
    this.stop();
    return new ShutDown();
  }
}

/** True for the root of a stack. */
export function isRoot(resource: Resource): boolean {
  return resource.type === ROOT_TYPE;
}
