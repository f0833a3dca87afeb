import { TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { CloudContext, ConstructHost } from "../cloud/types";
import type { Values } from "../values";
import type { Registered } from "./contracts";
import type { Diagnostic } from "./diagnostics";
import { forProvider } from "./marshal";
import type { ProviderRequest } from "./providers";
import type { Registration, Resource } from "./resource";
import { packageOf } from "./urn";

/** The part of a deployment that a remote component's provider calls back. */
export interface Monitor {
  readonly diagnostics: Diagnostic[];
  register(request: Registration): Promise<Registered>;
  invoke(
    token: string,
    args: Values,
    request: ProviderRequest,
    provider: string,
    parent: string,
  ): Promise<Values | undefined>;
}

/**
 * The host for a remote component's provider: it registers the component's children like any other resource.
 * @param provider - The AWS provider passed to the component; empty for the default one.
 * @param version - The version of `@pulumi/aws` that the component's provider uses.
 */
export function constructHost(
  deployment: Monitor,
  component: Resource,
  context: CloudContext,
  provider: string,
  version: string,
): ConstructHost {
  return {
    context,
    register: async (child) => {
      const { propertyDependencies = {} } = child;
      const properties: Values = {};
      for (const [key, value] of Object.entries(child.inputs))
        if (value !== undefined) properties[key] = value;
      const { resource } = await deployment.register({
        type: child.type,
        name: child.name,
        parent: child.parent,
        custom: true,
        remote: false,
        properties,
        // The SDK in the provider's process adds the sources of the properties.
        dependencies: [...new Set([...child.dependsOn, ...Object.values(propertyDependencies).flat()])],
        propertyDependencies,
        options: new TransformResourceOptions().setProvider(provider).setVersion(version),
        transforms: [],
      });
      return { urn: resource.urn, id: resource.id, outputs: forProvider(resource.outputs) };
    },
    invoke: async (token, args) => {
      const request = { pkg: packageOf(token), version, pluginDownloadUrl: "" };
      const answer = await deployment.invoke(token, args, request, provider, component.urn);
      if (!answer) throw new Error(`${token} needs arguments that aren't known yet`);
      return answer;
    },
    resource: async (urn) => {
      const request = { pkg: "pulumi", version: "", pluginDownloadUrl: "" };
      const found = await deployment.invoke("pulumi:pulumi:getResource", { urn }, request, "", "");
      return { id: (found?.["id"] ?? "") as string, state: (found?.["state"] ?? {}) as Values };
    },
    warn: (message) => deployment.diagnostics.push({ severity: "warning", message, urn: component.urn }),
  };
}
