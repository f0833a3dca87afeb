import { defaultProviderName, parseReference } from "../../packages/rehearse/engine/providers";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { isProviderType, packageOf, qualifiedType, ROOT_TYPE } from "../../packages/rehearse/engine/urn";
import { contains, isSecret, UNKNOWN, type Values } from "../../packages/rehearse/values";
import type { Adopted } from "./play";

/**
 * An entry of the file for `pulumi import --file`.
 * Source: pulumi/pulumi `pkg/cmd/pulumi/operations/import.go`, `importSpec`.
 * @see https://www.pulumi.com/docs/iac/guides/migration/import/#bulk-import-operations
 */
export interface ImportSpec {
  readonly type: string;
  /** The name by which other entries refer to it. */
  readonly name: string;
  /** The resource's Pulumi name, if it differs. */
  readonly logicalName?: string;
  /** Its id in AWS's provider; components and providers have none. */
  readonly id?: string;
  /** The name of another entry. @default the stack */
  readonly parent?: string;
  /** The name of another entry. @default the default provider of that version */
  readonly provider?: string;
  /** The version of the plugin. */
  readonly version?: string;
  readonly pluginDownloadUrl?: string;
  readonly component?: boolean;
  readonly inputs?: Values;
  /** All outputs in the state: with them, Pulumi doesn't need to ask AWS. */
  readonly outputs?: Values;
}

/**
 * The entries for the adopted resources, their components, and the program's own providers.
 *
 * @param program - the resources of a preview over the imported state; values unknown there stay unknown
 * @param adopted - by the program's URN
 */
export function importSpecs(
  program: readonly Resource[],
  adopted: ReadonlyMap<string, Adopted>,
): ImportSpec[] {
  const byUrn = new Map(program.map((resource) => [resource.urn, resource]));
  const wanted = new Set<string>();
  const want = (urn: string): void => {
    const resource = byUrn.get(urn);
    if (resource === undefined || resource.type === ROOT_TYPE || wanted.has(urn)) return;
    wanted.add(urn);
    want(resource.parent);
    const provider = byUrn.get(parseReference(resource.provider).urn);
    if (provider !== undefined && !isDefault(provider)) want(provider.urn);
  };
  for (const urn of adopted.keys()) want(urn);
  const listed = program.filter(({ urn }) => wanted.has(urn));
  const names = namesOf(listed);
  return listed.map((resource): ImportSpec => {
    const { urn, type, parent, provider: reference } = resource;
    const name = names.get(urn) ?? resource.name;
    const common = {
      type,
      name,
      ...(name === resource.name ? {} : { logicalName: resource.name }),
      ...(names.has(parent) ? { parent: names.get(parent) ?? "" } : {}),
    };
    if (isProviderType(type)) {
      const { version: _, __internal: __, ...inputs } = resource.inputs;
      return { ...common, ...pluginOf(resource), ...given(inputs) };
    }
    const one = adopted.get(urn);
    if (one === undefined) return { ...common, component: true, ...given(resource.inputs) };
    const provider = byUrn.get(parseReference(reference).urn);
    const own = provider === undefined ? undefined : names.get(provider.urn);
    return {
      ...common,
      id: one.managed.resource.id,
      ...(own === undefined ? (provider === undefined ? {} : pluginOf(provider)) : { provider: own }),
      inputs: one.inputs,
      outputs: one.managed.outputs,
    };
  });
}

/** The resource's own name if it is unique, otherwise with its type. */
function namesOf(resources: readonly Resource[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { name } of resources) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    resources.map(({ urn, name }) => [urn, counts.get(name) === 1 ? name : `${qualifiedType(urn)}::${name}`]),
  );
}

/**
 * The inputs of a component or provider; none if they contain unknown or unreadable values, because Pulumi refuses
 * such a file.
 */
function given(inputs: Values): { readonly inputs?: Values } {
  const isOpen = contains(inputs, (value) => value === UNKNOWN || isSecret(value));
  return isOpen || Object.keys(inputs).length === 0 ? {} : { inputs };
}

function pluginOf({ inputs }: Resource): Pick<ImportSpec, "version" | "pluginDownloadUrl"> {
  const { version, __internal: internal } = inputs;
  const url = (internal as Values | undefined)?.["pluginDownloadURL"];
  return {
    ...(typeof version === "string" && version !== "" ? { version } : {}),
    ...(typeof url === "string" ? { pluginDownloadUrl: url } : {}),
  };
}

/** Whether the engine creates it itself. */
function isDefault(provider: Resource): boolean {
  const { version = "", pluginDownloadUrl = "" } = pluginOf(provider);
  return provider.name === defaultProviderName({ pkg: packageOf(provider.type), version, pluginDownloadUrl });
}
