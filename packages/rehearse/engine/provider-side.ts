import type { CloudContext } from "../cloud/types";
import { contains, isSecret, secret, UNKNOWN, type Value, type Values } from "../values";
import type { DeploymentOptions, Naming } from "./contracts";
import { keepComputed } from "./existing";
import { annotateSecrets, forProvider } from "./marshal";
import { defaultTagsOf, parseReference, partitionOf, regionOf } from "./providers";
import type { Resource } from "./resource";

const ACCOUNT_ID = "123456789012";

/** The inputs that Check fills in for every type. */
const OF_ALL = new Set(["region", "tagsAll"]);

/** The provider calls of a deployment, which the stand-in cloud answers. */
export class ProviderSide {
  /** @param resources - by URN, the providers among them */
  constructor(
    private readonly options: DeploymentOptions,
    private readonly resources: ReadonlyMap<string, Resource>,
  ) {}

  /** Whether computed values are known. */
  get mode(): CloudContext["mode"] {
    return this.options.isDeployed === true ? "up" : this.options.mode;
  }

  /**
   * The context in which the cloud answers for a provider; for an empty reference, for a resource without a provider.
   */
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
   * Lets the provider check a resource, and fill in its inputs.
   *
   * @param goal - the wanted inputs. @default the inputs of the program
   * @param former - the existing resource, whose names it keeps
   * @param seed - determines the generated names
   * @returns the failures that the provider reports
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
   * Lets the provider create or update a resource; an update keeps the computed values, if the provider is available.
   *
   * @param seed - determines the made-up values
   */
  create(resource: Resource, seed: string, former: Resource | undefined): void {
    const { type, name, importId } = resource;
    const { cloud, planner } = this.options;
    const context = this.namingContext(resource, seed);
    const inputs = forProvider(resource.inputs);
    const { id, outputs: created } = cloud.create(type, name, seed, inputs, context);
    resource.id = former?.id ?? (importId === "" ? id : importId);
    const outputs =
      "id" in created
        ? { ...created, id: former === undefined ? resource.id : (created["id"] ?? null) }
        : created;
    if (former === undefined || planner?.openProviderOf(resource) !== undefined) {
      resource.outputs = withSecrets(resource, outputs);
      return;
    }
    const computed = cloud.create(type, name, seed, inputs, { ...context, mode: "preview" }).outputs;
    resource.outputs = withSecrets(resource, keepComputed(type, inputs, outputs, computed, former.outputs));
  }

  /**
   * Lets the provider read a resource. If the resource doesn't exist yet, or its provider isn't available, the SDK
   * makes every property unknown.
   */
  read(resource: Resource): void {
    const { type, name, urn, id, inputs, provider } = resource;
    if (id === UNKNOWN || this.options.planner?.openProviderOf(resource) !== undefined) return;
    const context = this.contextOf(provider);
    const { outputs } = this.options.cloud.read(type, name, urn, id, forProvider(inputs), context);
    resource.outputs = withSecrets(resource, outputs);
  }

  /** How names of this type are formed. */
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
