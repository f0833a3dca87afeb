import type { CloudContext } from "../cloud/types";
import { contains, isSecret, secret, UNKNOWN, type Value, type Values } from "../values";
import type { DeploymentOptions, Naming } from "./contracts";
import { keepComputed } from "./existing";
import { annotateSecrets, forProvider } from "./marshal";
import { defaultTagsOf, parseReference, partitionOf, regionOf } from "./providers";
import type { Resource } from "./resource";

const ACCOUNT_ID = "123456789012";

/** What Check fills in of every type. */
const OF_ALL = new Set(["region", "tagsAll"]);

/** What a deployment has providers do, which the stand-in cloud plays. */
export class ProviderSide {
  /** @param resources - by URN, the providers among them */
  constructor(
    private readonly options: DeploymentOptions,
    private readonly resources: ReadonlyMap<string, Resource>,
  ) {}

  /** Whether what providers compute is known. */
  get mode(): CloudContext["mode"] {
    return this.options.isDeployed === true ? "up" : this.options.mode;
  }

  /** Where the cloud answers for a provider; by an empty reference, for one that has none. */
  contextOf(reference: string): CloudContext {
    const { programDir, config } = this.options;
    const provider = this.resources.get(parseReference(reference).urn);
    const region = regionOf(provider, config);
    const defaultTags = defaultTagsOf(provider);
    return {
      mode: this.mode,
      programDir,
      region,
      accountId: ACCOUNT_ID,
      partition: partitionOf(region),
      ...(defaultTags ? { defaultTags } : {}),
    };
  }

  /**
   * Has the provider check a resource, and fill in what it fills in.
   *
   * @param goal - what it is to be. @default the inputs that the program gave
   * @param former - what it is now, whose names it keeps
   * @param seed - what names that the provider makes up follow from
   * @returns what the provider refuses
   */
  check(
    resource: Resource,
    goal: Values = resource.inputs,
    former: Resource | undefined = undefined,
    seed: string = resource.urn,
  ): string[] {
    const { type, name } = resource;
    const { cloud, planner } = this.options;
    const context = this.namingContext(resource, seed);
    const { inputs: checked, failures } = cloud.check(type, name, seed, forProvider(goal), context);
    const inputs = former === undefined ? checked : (planner?.keepNames(checked, goal, former) ?? checked);
    resource.inputs = annotateSecrets(inputs, goal);
    resource.defaults = Object.keys(inputs).filter((key) => goal[key] === undefined && !OF_ALL.has(key));
    return failures.map(({ property, reason }) => {
      const about = property === "" ? "" : `: property ${property} value ${shown(resource.inputs[property])}`;
      return `${type} resource '${name}'${about} has a problem: ${reason}`;
    });
  }

  /**
   * Has the provider create a resource, or change one: what it computes of that stays as it was, if it can be asked.
   *
   * @param seed - what it makes up follows from this
   */
  create(resource: Resource, seed: string, former: Resource | undefined): void {
    const { type, name, importId } = resource;
    const { cloud, planner } = this.options;
    const context = this.namingContext(resource, seed);
    const inputs = forProvider(resource.inputs);
    const { id, outputs } = cloud.create(type, name, seed, inputs, context);
    resource.id = former?.id ?? (importId === "" ? id : importId);
    if (former === undefined || planner?.openProviderOf(resource) !== undefined) {
      resource.outputs = withSecrets(resource, outputs);
      return;
    }
    const computed = cloud.create(type, name, seed, inputs, { ...context, mode: "preview" }).outputs;
    resource.outputs = withSecrets(resource, keepComputed(type, inputs, outputs, computed, former.outputs));
  }

  /**
   * Has the provider read a resource. What isn't there yet, or whose provider can't be asked, can't be read: the SDK makes
   * every property unknown.
   */
  read(resource: Resource): void {
    const { type, name, urn, id, inputs, provider } = resource;
    if (id === UNKNOWN || this.options.planner?.openProviderOf(resource) !== undefined) return;
    const context = this.contextOf(provider);
    const { outputs } = this.options.cloud.read(type, name, urn, id, forProvider(inputs), context);
    resource.outputs = withSecrets(resource, outputs);
  }

  /** How names of this type come about. */
  namingOf({ type, name, provider }: Resource): Naming {
    const { cloud, config } = this.options;
    const made = cloud.check(type, name, name, {}, this.contextOf(provider)).inputs;
    const one = config.engine.naming(type, name, "one");
    const another = config.engine.naming(type, name, "another");
    return {
      property: Object.keys(made).find((key) => !OF_ALL.has(key)),
      isFixed: one !== undefined && JSON.stringify(one) === JSON.stringify(another),
    };
  }

  private namingContext({ type, name, provider }: Resource, seed: string): CloudContext {
    return { ...this.contextOf(provider), naming: this.options.config.engine.naming(type, name, seed) };
  }
}

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
