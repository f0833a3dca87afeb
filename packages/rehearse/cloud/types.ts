import type { Value, Values } from "../values";

/** Reads the outputs of another stack. */
export const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** Where and for whom the stand-in cloud answers. Everything it makes up is a function of this and a URN. */
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
   * What the run under way has made, for those who look it up.
   *
   * @param is - properties that tell which resource it is, its `id` among them
   * @returns its outputs; undefined if the run has made none such
   */
  readonly made?: (type: string, is: Values) => Values | undefined;
  /** What the stack's configuration says of the name; without it the provider makes one. */
  readonly naming?: ProposedName | undefined;
}

/** How the engine wants a resource named that has no name of its own: exactly so, if possible so, or not at all. */
export type ProposedName =
  { readonly mode: "enforce" | "propose"; readonly name: string } | { readonly mode: "disable" };

/** What a provider's Check says: inputs with names filled in, and what is wrong with them, by property or (empty) in all. */
export interface Checked {
  readonly inputs: Values;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** What a provider's Create or Read says. In preview the id is {@link UNKNOWN} after a create. */
export interface Created {
  readonly id: string;
  readonly outputs: Values;
}

/** One answer of an `--answers` file: the result for an invoke whose arguments include `args`. */
export interface InvokeAnswer {
  readonly args?: Values;
  readonly result: Values;
}

/** One child that a remote component registers. */
export interface ChildResource {
  readonly type: string;
  readonly name: string;
  /** Plain values, or outputs of other children; undefined entries are left out. */
  readonly inputs: Record<string, Value | undefined>;
  readonly parent: string;
  readonly dependsOn: readonly string[];
  /** By input property: the URNs of the resources whose outputs it was computed from. */
  readonly propertyDependencies?: Record<string, readonly string[]>;
}

/** A registered child: its outputs hold {@link UNKNOWN} where preview can't tell. */
export interface RegisteredChild {
  readonly urn: string;
  readonly id: string;
  readonly outputs: Values;
}

/** The engine's door for a remote component: what its provider would call back. */
export interface ConstructHost {
  readonly context: CloudContext;
  register(child: ChildResource): Promise<RegisteredChild>;
  invoke(token: string, args: Values): Promise<Values>;
  /** A resource that the component was given: its id, empty while it is unknown, and its outputs in wire form. */
  resource(urn: string): Promise<{ readonly id: string; readonly state: Values }>;
  warn(message: string): void;
}

/** What a remote component's provider answers: its outputs, and by output the URNs of what it came from. */
export interface Constructed {
  readonly outputs: Values;
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/**
 * A remote component that the rehearsal can expand into its children. Its inputs come as the program sent them,
 * with secrets and output values.
 */
export type Construct = (
  host: ConstructHost,
  component: { readonly urn: string; readonly name: string; readonly inputs: Values },
) => Promise<Constructed>;

/** Makes a reference to a made-up child of a component, from its type and what its name has beside the component's. */
export type Refer = (type: string, suffix: string) => Value;

/** Everything the engine asks of a cloud: what the providers' plugins would answer. */
export interface Cloud {
  /** Fills in names and checks them. Inputs are plain: no secrets, no references; unknown leaves are sentinels. */
  check(type: string, name: string, urn: string, inputs: Values, context: CloudContext): Checked;
  create(type: string, name: string, urn: string, inputs: Values, context: CloudContext): Created;
  /** What a resource that exists looks like; known in both modes. */
  read(type: string, name: string, urn: string, id: string, state: Values, context: CloudContext): Created;
  /** @throws UnansweredInvoke if it has no answer. */
  invoke(token: string, args: Values, context: CloudContext): Values;
  /**
   * The outputs of a remote component that can't be expanded.
   *
   * @param refer - makes up a child, for an output that is a resource: takes its type and a suffix to the component's
   *   name, and gives the reference to it
   */
  outputsOf(type: string, urn: string, context: CloudContext, refer: Refer): Values;
  /** What a method of such a component gives back. @throws Error if nobody knows */
  methodResult(token: string, urn: string, context: CloudContext): Values;
  /** The remote components that can be expanded, by type. */
  readonly constructs: Readonly<Record<string, Construct>>;
  /** The version of `@pulumi/aws` that a remote component's provider brings along, for example `7.43.0`; empty if it has none. */
  awsVersionOf(componentType: string, context: CloudContext): string;
}

/** A type by the name that it has today: load balancers had two others. */
export function modernType(type: string): string {
  return type.replace(/^aws:(alb|applicationloadbalancing)\//, "aws:lb/");
}
