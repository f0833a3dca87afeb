import { isMap, UNKNOWN, type Values } from "../values";
import type { StackConfig } from "../project/config";

import { forProvider } from "./marshal";
import type { Resource } from "./resource";
import { packageOf, providerType } from "./urn";

/** The provider that a resource or an invoke needs if it names none. */
export interface ProviderRequest {
  readonly pkg: string;
  /** The SDK's version, `7.48.0`; empty where the SDK has none. */
  readonly version: string;
  readonly pluginDownloadUrl: string;
}

const DYNAMIC_PACKAGES = ["pulumi-nodejs", "pulumi-python"];

/** The engine's name for the default provider of a package, for example `default_7_48_0`. */
export function defaultProviderName(request: ProviderRequest): string {
  const url = request.pluginDownloadUrl === "" ? "" : `_${request.pluginDownloadUrl}`;
  const version = request.version === "" ? "" : `_${request.version}`;
  return `default${version}${url}`.replace(/[^A-Za-z0-9_]/g, "_");
}

/**
 * A default provider's inputs: the package's configuration, and the plugin's version under the marker that separates
 * the engine's own keys from the provider's.
 * Source: pulumi/pulumi `pkg/resource/deploy/default_providers.go`.
 */
export function defaultProviderInputs(request: ProviderRequest, config: StackConfig): Values {
  const { pkg } = request;
  // Dynamic providers of any language get the whole configuration; the engine's own provider gets none of its
  // settings.
  const own = DYNAMIC_PACKAGES.includes(pkg) ? config.all() : pkg === "pulumi" ? {} : config.ofPackage(pkg);
  return { ...own, ...pluginInputs(request.version, request.pluginDownloadUrl) };
}

/** The plugin's version and URL, which the engine adds to a provider's inputs. */
export function pluginInputs(version: string, pluginDownloadUrl: string): Values {
  const internal: Values = pluginDownloadUrl === "" ? {} : { pluginDownloadURL: pluginDownloadUrl };
  if (version === "" && pluginDownloadUrl === "") return {};
  return { __internal: internal, ...(version === "" ? {} : { version }) };
}

/** A provider reference, `URN::ID`, taken apart. */
export function parseReference(reference: string): { urn: string; id: string } {
  const at = reference.lastIndexOf("::");
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) };
}

/** True if the reference is to a provider of this package. */
export function isProviderOf(reference: string, pkg: string): boolean {
  return parseReference(reference).urn.split("::")[2]?.split("$").at(-1) === providerType(pkg);
}

/** The region of an AWS provider if none is configured. */
export const DEFAULT_REGION = "us-east-1";

/**
 * The region of an AWS provider. A provider that the program creates doesn't use the stack's region: without its own
 * it uses us-east-1.
 */
export function regionOf(provider: Resource | undefined, config: StackConfig): string {
  const isAws = provider !== undefined && packageOf(provider.type) === "aws";
  const own = isAws ? (forProvider(provider.inputs)["region"] ?? DEFAULT_REGION) : undefined;
  return typeof own === "string" && own !== UNKNOWN ? own : (config.get("aws:region") ?? DEFAULT_REGION);
}

/** The AWS partition of a region. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The default tags of an AWS provider; providers hold nested settings as JSON text. */
export function defaultTagsOf(provider: Resource | undefined): Values | undefined {
  const text =
    provider && packageOf(provider.type) === "aws" ? forProvider(provider.inputs)["defaultTags"] : undefined;
  if (typeof text !== "string" || text === UNKNOWN) return undefined;
  try {
    const tags = (JSON.parse(text) as Values | null)?.["tags"];
    return isMap(tags) ? tags : undefined;
  } catch {
    return undefined;
  }
}
