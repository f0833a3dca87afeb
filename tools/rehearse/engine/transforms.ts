import type { TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { Values } from "../values";
import { outputDependencies, unwrapOutputs } from "./marshal";
import type { Registration, TransformFunction } from "./resource";

/** A registration after its transforms: plain properties, and what they and the resource depend on. */
export interface Settled {
  readonly properties: Values;
  readonly options: TransformResourceOptions;
  readonly dependencies: string[];
  readonly propertyDependencies: Record<string, string[]>;
}

/**
 * Runs a resource's own transforms, then `inherited` from the nearest parent up to the stack, and settles the
 * dependencies. As in the engine, transforms can change the dependencies only of a resource with its own.
 */
export async function applyTransforms(
  request: Registration,
  inherited: readonly TransformFunction[],
): Promise<Settled> {
  let { properties, options } = request;
  for (const transform of [...request.transforms, ...inherited]) {
    ({ properties, options } = await transform(request, properties, options));
  }
  const ownTransforms = request.transforms.length > 0;
  const dependencies = new Set(ownTransforms ? options.getDependsOnList() : request.dependencies);
  const given = request.propertyDependencies;
  const propertyDependencies: Record<string, string[]> = {};
  for (const [key, value] of Object.entries(properties)) {
    const own = outputDependencies(value, new Set(given === undefined ? request.dependencies : given[key]));
    propertyDependencies[key] = [...own].sort();
    if (ownTransforms) for (const urn of own) dependencies.add(urn);
  }
  return {
    properties: unwrapOutputs(properties),
    options,
    dependencies: [...dependencies].sort(),
    propertyDependencies,
  };
}
