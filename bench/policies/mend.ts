import type { Resource } from "../../packages/rehearse/engine/resource";
import { isMap, type Value, type Values } from "../../packages/rehearse/values";

/** One step from an attack to the compliant program beside it. A resource is named by its type and name: `Listener http`. */
export type Step =
  | { readonly set: string; readonly to: Readonly<Record<string, unknown>> }
  | { readonly remove: string }
  | { readonly add: string; readonly name: string; readonly inputs: Readonly<Record<string, unknown>> };

/**
 * Sets properties of a resource.
 *
 * @param resource such as `Listener http`
 * @param to by path, such as `defaultActions[0].redirect.port`: the value, a {@link ref}, or undefined to leave it out
 */
export function set(resource: string, to: Readonly<Record<string, unknown>>): Step {
  return { set: resource, to };
}

/** Takes a resource out of the program. */
export function remove(resource: string): Step {
  return { remove: resource };
}

/** Puts a resource into the program. */
export function add(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Step {
  return { add: type, name, inputs };
}

/** An output of another resource. */
export function ref(resource: string, output: string): unknown {
  return { ref: resource, output };
}

/**
 * Takes the defect out of a program's resources, in inputs and outputs alike.
 *
 * @throws Error if a step names what isn't there
 */
export function mend(resources: readonly Resource[], steps: readonly Step[]): Resource[] {
  let mended = resources.map((resource) => ({
    ...resource,
    inputs: structuredClone(resource.inputs),
    outputs: structuredClone(resource.outputs),
    propertyDependencies: { ...resource.propertyDependencies },
  }));
  for (const step of steps) {
    if ("add" in step) {
      const like = mended.find(({ type, custom }) => custom && !type.startsWith("pulumi:"));
      if (like === undefined) throw new Error("there is no resource to go by");
      const { add: type, name, inputs } = step;
      const urn = [...like.urn.split("::").slice(0, 2), type, name].join("::");
      const id = `${name}-0123456`;
      mended.push({ ...like, urn, type, name, id, inputs: {}, outputs: {}, propertyDependencies: {} });
      change(find(mended, `${type.split(":").pop()} ${name}`), inputs, mended);
    } else if ("remove" in step) {
      const gone = find(mended, step.remove);
      mended = mended.filter((resource) => resource !== gone);
    } else {
      change(find(mended, step.set), step.to, mended);
    }
  }
  return mended;
}

function find<R extends Resource>(resources: readonly R[], label: string): R {
  const found = resources.filter(
    ({ type, name, external }) => !external && `${type.split(":").pop()} ${name}` === label,
  );
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`${found.length} resources are called "${label}"`);
  return only;
}

type Mutable = Resource & { propertyDependencies: Record<string, readonly string[]> };

function change(
  resource: Mutable,
  to: Readonly<Record<string, unknown>>,
  resources: readonly Resource[],
): void {
  for (const [path, wanted] of Object.entries(to)) {
    const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
    const sources = new Set<string>();
    const value = settle(wanted, resources, sources);
    for (const properties of [resource.inputs, resource.outputs]) assign(properties, keys, value);
    const [first = ""] = keys;
    // A property that was replaced whole comes from nothing but the new value.
    const before = keys.length === 1 ? [] : (resource.propertyDependencies[first] ?? []);
    resource.propertyDependencies[first] = [...new Set([...before, ...sources])];
  }
}

function assign(properties: Values, keys: readonly string[], value: Value | undefined): void {
  let inner: Value = properties;
  for (const key of keys.slice(0, -1)) {
    const holder = inner as Values;
    inner = holder[key] ??= {};
  }
  const last = keys.at(-1) ?? "";
  if (value !== undefined) (inner as Values)[last] = structuredClone(value);
  else if (Array.isArray(inner)) inner.splice(Number(last), 1);
  else if (isMap(inner)) Reflect.deleteProperty(inner, last);
}

/** A value with its references followed; the resources they lead to are added to `sources`. */
function settle(value: unknown, resources: readonly Resource[], sources: Set<string>): Value | undefined {
  if (Array.isArray(value)) return value.map((element) => settle(element, resources, sources) ?? null);
  if (typeof value !== "object" || value === null) return value as Value | undefined;
  if ("ref" in value && "output" in value) {
    const source = find(resources, String(value.ref));
    sources.add(source.urn);
    return value.output === "id" ? source.id : source.outputs[String(value.output)];
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, settle(inner, resources, sources) ?? null]),
  );
}
