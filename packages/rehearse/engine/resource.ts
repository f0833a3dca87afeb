import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { Value, Values } from "../values";
import { unwrapOutputs } from "./marshal";

/** Seconds, as in a stack's state; 0 if not set. */
export interface CustomTimeouts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly read: number;
}

/** The engine's data about a resource; the fields are those of a stack's state. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Empty for the root stack and for default providers. */
  readonly parent: string;
  /** False for components. */
  readonly custom: boolean;
  /** True for a resource that was read (`Resource.get`, stack references) and that the stack doesn't manage. */
  readonly external: boolean;
  /** Empty for components; {@link UNKNOWN} in preview for a resource that is yet to be created. */
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
  /** URNs of the resources whose replacement replaces this one. */
  readonly replaceWith: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** The URN in the state by which an alias found it; empty if none did. */
  aliases: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  /** The id of the existing resource that the program imports; empty if it imports none. */
  readonly importId: string;
  /** A value whose change replaces the resource; null for none. */
  readonly replacementTrigger: Value;
  /** The inputs that Check filled in, such as a generated name, and that stay the same from then on. */
  defaults: readonly string[];
  /** True in a state for a resource that an earlier update replaced but hasn't deleted yet. */
  readonly pendingDeletion: boolean;
  /** True in a state for a resource that `pulumi state taint` marked for replacement. */
  readonly taint: boolean;
  /** True in a state for a resource that an interrupted update deleted but hasn't created again. */
  readonly pendingReplacement: boolean;
  /** Why it wasn't ready after its last creation or update; empty if it was. */
  readonly initErrors: readonly string[];
}

/** Whether a resource adopts an existing one that isn't in the state. */
export function isAdopted({ custom, importId }: Resource, former: Resource | undefined): boolean {
  return custom && importId !== "" && (former === undefined || former.external || idOf(former) !== importId);
}

/** The id by which a resource of the state was imported, or else its id. */
export function idOf({ id, importId }: Resource): string {
  return importId || id;
}

/** A resource as the program, or a remote component's provider, registers it. */
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
  /** The other options, in the form that transforms see and change. */
  readonly options: TransformResourceOptions;
  readonly transforms: readonly TransformFunction[];
}

/** A transform: changes properties and options of a resource that is about to be registered. */
export type TransformFunction = (
  registration: Pick<Registration, "type" | "name" | "parent" | "custom">,
  properties: Values,
  options: TransformResourceOptions,
) => Promise<{ properties: Values; options: TransformResourceOptions }>;

/** The initial fields of a resource's state. */
export type NewResource = Pick<Resource, "urn" | "type" | "name" | "parent" | "custom" | "inputs"> &
  Partial<Resource>;

/** A resource's initial state: fields that aren't given are not set. */
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
    aliases: [],
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
 * The seconds of a timeout, which is a Go duration; 0 for an empty one.
 * @see https://pkg.go.dev/time#ParseDuration
 * @throws Error if it isn't a duration.
 */
function seconds(operation: keyof CustomTimeouts, text: string): number {
  const [, sign = "", amounts = ""] =
    /^([-+]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|[uµμ]s|ms|s|m|h))+)$/.exec(text) ?? [];
  if (amounts === "" && !/^([-+]?0)?$/.test(text))
    throw new Error(
      `customTimeouts.${operation} is ${JSON.stringify(text)}; a timeout is a number with its unit, such as 30s, 5m or 1h30m`,
    );
  const total = [...amounts.matchAll(/([\d.]+)(\D+)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? NaN),
    0,
  );
  return sign === "-" ? -total : total;
}

/** The timeouts of a request in seconds. */
function customTimeouts(message: RegisterResourceRequest.CustomTimeouts | undefined): CustomTimeouts {
  return {
    create: seconds("create", message?.getCreate() ?? ""),
    update: seconds("update", message?.getUpdate() ?? ""),
    delete: seconds("delete", message?.getDelete() ?? ""),
    read: seconds("read", message?.getRead() ?? ""),
  };
}
