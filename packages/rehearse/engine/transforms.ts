import type { TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { Values } from "../values";
import { outputDependencies, withDependencies, withOutputs } from "./marshal";
import type { Registration, TransformFunction } from "./resource";

/** A registration after its transforms: its properties, including output values, and the dependencies of both. */
export interface Settled {
  readonly properties: Values;
  readonly options: TransformResourceOptions;
  readonly dependencies: string[];
  readonly propertyDependencies: Record<string, string[]>;
}

/**
 * Runs a resource's own transforms, then `inherited` from the nearest parent up to the stack, and settles the
 * dependencies. As in the engine, a resource with transforms of its own takes its dependencies from the properties
 * after them; without, transforms can't change the dependencies that the program declared.
 * Source: pulumi/pulumi `pkg/resource/deploy/source_eval.go`, `RegisterResource`.
 */
export async function applyTransforms(
  request: Registration,
  inherited: readonly TransformFunction[],
): Promise<Settled> {
  const own = request.transforms.length > 0;
  const given = request.propertyDependencies ?? everyPropertyOn(request);
  const transforms = [...request.transforms, ...inherited];
  let { options } = request;
  let properties = transforms.length > 0 ? withOutputs(request.properties) : request.properties;
  if (own) properties = withDependencies(properties, given);
  for (const transform of transforms) {
    ({ properties, options } = await transform(request, properties, options));
  }
  const dependencies = new Set(own ? options.getDependsOnList() : request.dependencies);
  const propertyDependencies: Record<string, string[]> = {};
  for (const [key, value] of Object.entries(properties)) {
    const urns = outputDependencies(value, new Set(own ? [] : given[key]));
    propertyDependencies[key] = [...urns].sort();
    if (own) for (const urn of urns) dependencies.add(urn);
  }
  return { properties, options, dependencies: [...dependencies].sort(), propertyDependencies };
}

/** Old SDKs don't send the dependencies of each property: then each depends on all. */
function everyPropertyOn({ properties, dependencies }: Registration): Record<string, readonly string[]> {
  return Object.fromEntries(Object.keys(properties).map((key) => [key, dependencies]));
}
