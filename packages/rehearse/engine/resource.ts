import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { Value, Values } from "../values";
import { unwrapOutputs } from "./marshal";

/** Seconds, as a stack's state keeps them; 0 is "not set". */
export interface CustomTimeouts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly read: number;
}

/** What the engine knows of a resource; the fields are those of a stack's state. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Empty for the root stack and for default providers. */
  readonly parent: string;
  /** False for components. */
  readonly custom: boolean;
  /** True for what was read (`Resource.get`, stack references) and isn't managed by the stack. */
  readonly external: boolean;
  /** Empty for components; {@link UNKNOWN} in preview for what is yet to be created. */
  id: string;
  inputs: Values;
  outputs: Values;
  /** `URN::ID` of the provider; empty for components and providers. */
  readonly provider: string;
  readonly dependencies: readonly string[];
  /** By input property; every property has an entry. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** URNs of the resources with which it is replaced. */
  readonly replaceWith: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  /** The id by which the program takes over what exists; empty if it does not. */
  readonly importId: string;
  /** A value whose change replaces it; null for none. */
  readonly replacementTrigger: Value;
  /** The inputs that Check filled in, such as the name that the provider made, and that stay as they are from then on. */
  defaults: readonly string[];
  /** True in a state for what an earlier update replaced and has yet to delete. */
  readonly pendingDeletion: boolean;
  /** True in a state for what `pulumi state taint` has replaced. */
  readonly taint: boolean;
  /** True in a state for what an update that broke off has deleted, and has yet to create anew. */
  readonly pendingReplacement: boolean;
  /** Why it wasn't ready when it was last created or changed; empty for what was. */
  readonly initErrors: readonly string[];
}

/** One resource as the program, or a remote component's provider, asks for it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly custom: boolean;
  readonly remote: boolean;
  /** May hold output values. */
  readonly properties: Values;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>> | undefined;
  /** The rest of the options, in the form in which transforms see and change them. */
  readonly options: TransformResourceOptions;
  readonly transforms: readonly TransformFunction[];
}

/** A transform: changes properties and options of a resource that is about to be registered. */
export type TransformFunction = (
  registration: Pick<Registration, "type" | "name" | "parent" | "custom">,
  properties: Values,
  options: TransformResourceOptions,
) => Promise<{ properties: Values; options: TransformResourceOptions }>;

/** What decides a resource's state before anything has happened to it. */
export type NewResource = Pick<Resource, "urn" | "type" | "name" | "parent" | "custom" | "inputs"> &
  Partial<Resource>;

/** A resource's first state: everything that isn't given is not set. */
export function newResource(given: NewResource, options?: TransformResourceOptions): Resource {
  return {
    external: false,
    id: "",
    outputs: {},
    provider: "",
    dependencies: [],
    propertyDependencies: {},
    protect: options?.getProtect() ?? false,
    retainOnDelete: options?.getRetainOnDelete() ?? false,
    deletedWith: options?.getDeletedWith() ?? "",
    deleteBeforeReplace: options?.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined,
    ignoreChanges: options?.getIgnoreChangesList() ?? [],
    replaceOnChanges: options?.getReplaceOnChangesList() ?? [],
    replaceWith: options?.getReplaceWithList() ?? [],
    additionalSecretOutputs: options?.getAdditionalSecretOutputsList() ?? [],
    customTimeouts: customTimeouts(options?.getCustomTimeouts()),
    importId: options?.getImport() ?? "",
    replacementTrigger: triggerOf(options),
    defaults: [],
    pendingDeletion: false,
    taint: false,
    pendingReplacement: false,
    initErrors: [],
    ...given,
  };
}

function triggerOf(options: TransformResourceOptions | undefined): Value {
  const trigger: Value = options?.getReplacementTrigger()?.toJavaScript() ?? null;
  return unwrapOutputs({ trigger })["trigger"] ?? null;
}

const UNITS: Record<string, number> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/**
 * The seconds of a time-out, which is a duration of Go; 0 for an empty one.
 * @see https://pkg.go.dev/time#ParseDuration
 * @throws Error if it is no duration.
 */
function seconds(operation: keyof CustomTimeouts, text: string): number {
  const [, sign = "", amounts = ""] =
    /^([-+]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|[uµμ]s|ms|s|m|h))+)$/.exec(text) ?? [];
  if (amounts === "" && !/^([-+]?0)?$/.test(text))
    throw new Error(
      `customTimeouts.${operation} is ${JSON.stringify(text)}; a time-out is a number and its unit, such as 30s, 5m or 1h30m`,
    );
  const total = [...amounts.matchAll(/([\d.]+)(\D+)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? NaN),
    0,
  );
  return sign === "-" ? -total : total;
}

/** The time-outs of a request in seconds. */
function customTimeouts(message: RegisterResourceRequest.CustomTimeouts | undefined): CustomTimeouts {
  return {
    create: seconds("create", message?.getCreate() ?? ""),
    update: seconds("update", message?.getUpdate() ?? ""),
    delete: seconds("delete", message?.getDelete() ?? ""),
    read: seconds("read", message?.getRead() ?? ""),
  };
}
