import type { Value, Values } from "../values";

/** Reads the outputs of another stack. */
export const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** The context in which the stand-in cloud answers. All made-up values are functions of this and a URN. */
export interface CloudContext {
  /** `preview`: computed outputs are unknown. `up`: they are known, made up, and deterministic. */
  readonly mode: "preview" | "up";
  /** AWS region of the provider that serves the call, for example `eu-central-1`. */
  readonly region: string;
  /** Twelve digits; the same for every call of a rehearsal. */
  readonly accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`, following the region. */
  readonly partition: string;
  /** The program's folder: its `node_modules` hold the SDKs that describe the resource types. */
  readonly programDir: string;
  /** `defaultTags.tags` of the provider, which Check merges into `tagsAll`. */
  readonly defaultTags?: Values;
  /**
   * Finds a resource that the current run has created.
   *
   * @param is - properties that identify the resource, such as its `id`
   * @returns its outputs; undefined if the run has created no such resource
   */
  readonly made?: (type: string, is: Values) => Values | undefined;
  /** The name that the stack's configuration determines; without it the provider generates one. */
  readonly naming?: ProposedName | undefined;
}

/**
 * The engine's choice for a resource without a name: exactly this name, this name if possible, or no generated name.
 */
export type ProposedName =
  { readonly mode: "enforce" | "propose"; readonly name: string } | { readonly mode: "disable" };

/** The result of a provider's Check: inputs with names filled in, and failures by property (empty for several). */
export interface Checked {
  readonly inputs: Values;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** The result of a provider's Create or Read. In preview the id is {@link UNKNOWN} after a create. */
export interface Created {
  readonly id: string;
  readonly outputs: Values;
}

/** An answer in an `--answers` file: the result for an invoke whose arguments include `args`. */
export interface InvokeAnswer {
  readonly args?: Values;
  readonly result: Values;
}

/** A child that a remote component registers. */
export interface ChildResource {
  readonly type: string;
  readonly name: string;
  /** Plain values, or outputs of other children; undefined entries are left out. */
  readonly inputs: Record<string, Value | undefined>;
  readonly parent: string;
  readonly dependsOn: readonly string[];
  /** By input property: the URNs of the resources that it depends on. */
  readonly propertyDependencies?: Record<string, readonly string[]>;
}

/** A registered child: its outputs contain {@link UNKNOWN} where a preview doesn't know them. */
export interface RegisteredChild {
  readonly urn: string;
  readonly id: string;
  readonly outputs: Values;
}

/** The engine's interface for a remote component: the calls that its provider would make. */
export interface ConstructHost {
  readonly context: CloudContext;
  register(child: ChildResource): Promise<RegisteredChild>;
  invoke(token: string, args: Values): Promise<Values>;
  /** A resource that was passed to the component: its id, empty while it is unknown, and its outputs in wire form. */
  resource(urn: string): Promise<{ readonly id: string; readonly state: Values }>;
  warn(message: string): void;
}

/** The result of a remote component's provider: its outputs, and the URNs of the dependencies of each. */
export interface Constructed {
  readonly outputs: Values;
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/**
 * A remote component that the rehearsal can expand into its children. Its inputs are as the program sent them, with
 * secrets and output values.
 */
export type Construct = (
  host: ConstructHost,
  component: { readonly urn: string; readonly name: string; readonly inputs: Values },
) => Promise<Constructed>;

/** Makes a reference to a made-up child of a component, from its type and the suffix of its name. */
export type Refer = (type: string, suffix: string) => Value;

/** What the engine needs from a cloud: the answers of the providers' plugins. */
export interface Cloud {
  /** Fills in names and checks them. Inputs are plain: no secrets, no references; unknown parts are sentinels. */
  check(type: string, name: string, urn: string, inputs: Values, context: CloudContext): Checked;
  create(type: string, name: string, urn: string, inputs: Values, context: CloudContext): Created;
  /** The state of an existing resource; known in both modes. */
  read(type: string, name: string, urn: string, id: string, state: Values, context: CloudContext): Created;
  /** @throws UnansweredInvoke if it has no answer. */
  invoke(token: string, args: Values, context: CloudContext): Values;
  /**
   * The outputs of a remote component that can't be expanded.
   *
   * @param refer - makes up a child, for an output that is a resource: takes its type and a suffix to the component's
   *   name, and returns the reference to it
   */
  outputsOf(type: string, urn: string, context: CloudContext, refer: Refer): Values;
  /** The result of a method of such a component. @throws Error if the SDK doesn't declare it */
  methodResult(token: string, urn: string, context: CloudContext): Values;
  /** The remote components that can be expanded, by type. */
  readonly constructs: Readonly<Record<string, Construct>>;
  /**
   * The version of `@pulumi/aws` that a remote component's provider uses, for example `7.43.0`; empty if it has none.
   */
  awsVersionOf(componentType: string, context: CloudContext): string;
}

/** The current name of a type: load balancers had two other names. */
export function modernType(type: string): string {
  return type.replace(/^aws:(alb|applicationloadbalancing)\//, "aws:lb/");
}
