import {
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { forPack } from "../engine/marshal";
import type { Resource } from "../engine/resource";
import type { Values } from "../values";

function resourceOptions(resource: Resource): AnalyzerResourceOptions {
  const { create, update, delete: remove, read } = resource.customTimeouts;
  return new AnalyzerResourceOptions()
    .setProtect(resource.protect)
    .setIgnorechangesList([...resource.ignoreChanges])
    .setDeletebeforereplace(resource.deleteBeforeReplace ?? false)
    .setDeletebeforereplacedefined(resource.deleteBeforeReplace !== undefined)
    .setAdditionalsecretoutputsList([...resource.additionalSecretOutputs])
    .setAliasesList([...resource.aliases])
    .setCustomtimeouts(
      new AnalyzerResourceOptions.CustomTimeouts()
        .setCreate(create)
        .setUpdate(update)
        .setDelete(remove)
        .setRead(read),
    )
    .setParent(resource.parent);
}

function providerResource(provider: Resource | undefined): AnalyzerProviderResource | undefined {
  if (!provider) return undefined;
  return new AnalyzerProviderResource()
    .setUrn(provider.urn)
    .setType(provider.type)
    .setName(provider.name)
    .setProperties(Struct.fromJavaScript(forPack(provider.inputs)));
}

/** The request about one resource. */
export function analyzeRequest(
  resource: Resource,
  properties: Values,
  provider: Resource | undefined,
): AnalyzeRequest {
  return new AnalyzeRequest()
    .setUrn(resource.urn)
    .setType(resource.type)
    .setName(resource.name)
    .setProperties(Struct.fromJavaScript(properties))
    .setOptions(resourceOptions(resource))
    .setProvider(providerResource(provider));
}

/**
 * The encoded request about the whole stack. Each resource is encoded separately, and its message is freed before the
 * next: the messages of 10,000 resources together take hundreds of MiB. Concatenating encoded messages of one type
 * merges them.
 *
 * @see https://protobuf.dev/programming-guides/encoding/#last-one-wins
 */
export function stackRequest(
  resources: readonly Resource[],
  providerOf: (resource: Resource) => Resource | undefined,
): Buffer {
  return Buffer.concat(
    resources.map((resource) =>
      new AnalyzeStackRequest()
        .setResourcesList([stackResource(resource, providerOf(resource))])
        .serializeBinary(),
    ),
  );
}

/** One resource in the request about the whole stack: its outputs and dependencies. */
export function stackResource(resource: Resource, provider: Resource | undefined): AnalyzerResource {
  const message = new AnalyzerResource()
    .setUrn(resource.urn)
    .setType(resource.type)
    .setName(resource.name)
    .setProperties(Struct.fromJavaScript(forPack(resource.outputs)))
    .setOptions(resourceOptions(resource))
    .setProvider(providerResource(provider))
    .setParent(resource.parent)
    .setDependenciesList([...resource.dependencies]);
  for (const [key, urns] of Object.entries(resource.propertyDependencies)) {
    if (urns.length === 0) continue;
    message.getPropertydependenciesMap().set(key, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
  }
  return message;
}
