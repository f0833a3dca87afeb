import type { Resource } from "../engine/resource";
import { isProviderType, ROOT_TYPE } from "../engine/urn";
import { isMap, isSecret, UNKNOWN, type Value } from "../values";

/** Modules of the provider whose types also exist in another module. */
const SAME_MODULES: Readonly<Record<string, string>> = {
  alb: "lb",
  elasticloadbalancingv2: "lb",
  applicationloadbalancing: "lb",
  elasticloadbalancing: "elb",
};

/** Types that are former names of another type. */
const SAME_TYPES: Readonly<Record<string, string>> = { "s3/bucketV2": "s3/bucket" };

/** The short name of an AWS type: `lb/loadBalancer` for `aws:alb/loadBalancer:LoadBalancer`. */
export function shortType(type: string): string | undefined {
  const [, module = "", name = ""] = /^aws:([^/:]+)\/([^:]+):/.exec(type) ?? [];
  const short = `${SAME_MODULES[module] ?? module}/${name}`;
  return module === "" ? undefined : (SAME_TYPES[short] ?? short);
}

/** A stack's resources and their references to each other. */
export class Graph {
  private readonly byUrn: ReadonlyMap<string, Resource>;
  private readonly byType = new Map<string | undefined, Resource[]>();

  constructor(readonly resources: readonly Resource[]) {
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const resource of resources) {
      const type = shortType(resource.type);
      const alike = this.byType.get(type);
      if (alike === undefined) this.byType.set(type, [resource]);
      else alike.push(resource);
    }
  }

  /** The stack itself; it stands for what belongs to no resource. */
  get stack(): string {
    return this.resources.find(({ type }) => type === ROOT_TYPE)?.urn ?? "";
  }

  /** The Region of a resource: its own, else its provider's; empty if neither is known. */
  regionOf(resource: Resource): string {
    const provider = this.byUrn.get(resource.provider.slice(0, resource.provider.lastIndexOf("::")));
    return textOf(resource.inputs["region"]) ?? textOf(provider?.inputs["region"]) ?? "";
  }

  /** The Region of the first AWS provider, for resources without their own. */
  get region(): string {
    const providers = this.resources.filter(({ type }) => isProviderType(type) && type.endsWith(":aws"));
    return (
      providers.map(({ inputs }) => textOf(inputs["region"])).find((region) => region !== undefined) ?? ""
    );
  }

  /** All resources of a type. */
  ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  /** The resources of a type that a property refers to, by dependency or by id, ARN or name. */
  linked(resource: Resource, property: string, type: string): Resource[] {
    const byDependency = (resource.propertyDependencies[property] ?? [])
      .flatMap((urn) => this.byUrn.get(urn) ?? [])
      .filter((one) => shortType(one.type) === type);
    if (byDependency.length > 0) return byDependency;
    const named = new Set(textsIn(resource.inputs[property]));
    return this.ofType(type).filter((one) =>
      [one.id, one.outputs["arn"], one.inputs["name"], one.outputs["name"]].some(
        (name) => typeof name === "string" && name !== "" && named.has(name),
      ),
    );
  }

  /** The resources of a type with a property that refers to a resource. */
  referring(resource: Resource, type: string, property: string): Resource[] {
    const own = shortType(resource.type) ?? "";
    return this.ofType(type).filter((one) => this.linked(one, property, own).includes(resource));
  }
}

/** A value without its secret mark; undefined if it isn't known. */
export function known(value: Value | undefined): Value | undefined {
  const bare = isSecret(value) ? value["value"] : value;
  return bare === UNKNOWN || bare === null ? undefined : bare;
}

/** A known, non-empty string; numbers and booleans are converted. */
export function textOf(value: Value | undefined): string | undefined {
  const bare = known(value);
  if (typeof bare === "number" || typeof bare === "boolean") return String(bare);
  return typeof bare === "string" && bare !== "" ? bare : undefined;
}

/** The value at a path such as `ebs.volumeSize`; for a list, in its first element. */
export function at(value: Value | undefined, path: string): Value | undefined {
  return path.split(".").reduce<Value | undefined>((inner, step) => {
    const bare = known(inner);
    const one = Array.isArray(bare) ? known(bare[0]) : bare;
    return isMap(one) ? known(one[step]) : undefined;
  }, value);
}

/** A number at a path, given as a number or a string. */
export function numberAt(value: Value | undefined, path: string): number | undefined {
  const text = textOf(at(value, path));
  const number = text === undefined ? NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A flag at a path, given as a boolean or a string. */
export function flagAt(value: Value | undefined, path: string): boolean | undefined {
  const text = textOf(at(value, path));
  return text === undefined ? undefined : text === "true";
}

/** The elements of a list at a path; empty if there is no list or it isn't known. */
export function listAt(value: Value | undefined, path: string): Value[] {
  const list = at(value, path);
  return Array.isArray(list) ? list : [];
}

function textsIn(value: Value | undefined): string[] {
  const bare = known(value);
  if (typeof bare === "string") return [bare];
  if (Array.isArray(bare)) return bare.flatMap(textsIn);
  return isMap(bare) ? Object.values(bare).flatMap(textsIn) : [];
}
