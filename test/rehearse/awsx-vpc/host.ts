import { expandVpc } from "../../../packages/rehearse/cloud/awsx-vpc";
import type { ChildResource, ConstructHost } from "../../../packages/rehearse/cloud/types";
import { UNKNOWN } from "../../../packages/rehearse/values";
import type { Value, Values } from "../../../packages/rehearse/values";

/** The URN of the component under test. */
export const COMPONENT = "urn:pulumi:dev::shop::awsx:ec2:Vpc::net";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** An output value on the wire; without a value it is unknown. */
export function outputValue(value: Value | undefined, dependencies: string[] = [], secret = false): Values {
  return {
    [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
    ...(value === undefined ? {} : { value }),
    ...(secret ? { secret } : {}),
    dependencies,
  };
}

/** A child as the engine received it. */
export interface Registered extends ChildResource {
  readonly urn: string;
  /** The last part of the type: `Subnet`. */
  readonly kind: string;
}

/** The result of an expansion. */
export interface Expansion {
  readonly children: readonly Registered[];
  readonly invokes: readonly { readonly token: string; readonly args: Values }[];
  readonly warnings: readonly string[];
  readonly outputs: Values;
}

/** An engine in memory. Of AWS, it has only the outputs that awsx computes with. */
export class FakeHost implements ConstructHost {
  readonly children: Registered[] = [];
  readonly invokes: { readonly token: string; readonly args: Values }[] = [];
  readonly warnings: string[] = [];
  readonly context;

  constructor(
    readonly mode: "preview" | "up",
    private readonly zones: Values = { names: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] },
  ) {
    this.context = {
      mode,
      region: "eu-central-1",
      accountId: "123456789012",
      partition: "aws",
      programDir: ".",
    };
  }

  async register(child: ChildResource): Promise<{ urn: string; id: string; outputs: Values }> {
    const { type, name, parent } = child;
    const urn = `urn:pulumi:dev::shop::${parent.split("::")[2] ?? ""}$${type}::${name}`;
    if (this.children.some((other) => other.urn === urn)) throw new Error(`duplicate URN ${urn}`);
    if (parent !== COMPONENT && !this.children.some((other) => other.urn === parent))
      throw new Error(`no ${parent}`);
    const kind = type.split(":").at(-1) ?? "";
    this.children.push({ ...child, urn, kind });
    const known = this.mode === "up";
    const inputs = Object.fromEntries(
      Object.entries(child.inputs).filter((entry): entry is [string, Value] => entry[1] !== undefined),
    );
    const outputs: Values = { ...computed(kind, name, inputs, known), ...inputs };
    return { urn, id: known ? `${kind.toLowerCase()}-${name}` : UNKNOWN, outputs };
  }

  async invoke(token: string, args: Values): Promise<Values> {
    this.invokes.push({ token, args });
    return this.zones;
  }

  async resource(urn: string): Promise<never> {
    throw new Error(`awsx.ec2.Vpc asks for ${urn}, and is given no resources`);
  }

  warn(message: string): void {
    this.warnings.push(message);
  }
}

function computed(kind: string, name: string, inputs: Values, known: boolean): Values {
  if (kind === "Eip") return { allocationId: known ? `eipalloc-${name}` : UNKNOWN };
  if (kind !== "Vpc") return {};
  if (!known) return { cidrBlock: UNKNOWN, ipv6CidrBlock: UNKNOWN };
  const ipv6 = inputs["assignGeneratedIpv6CidrBlock"] === true;
  return { cidrBlock: "10.96.0.0/16", ipv6CidrBlock: ipv6 ? "2600:1f13:abc:de00::/56" : "" };
}

/** Expands a VPC named `net`. */
export async function expand(
  inputs: Values,
  mode: "preview" | "up" = "up",
  zones?: Values,
): Promise<Expansion> {
  const host = new FakeHost(mode, zones);
  const { outputs } = await expandVpc(host, { urn: COMPONENT, name: "net", inputs });
  return { children: host.children, invokes: host.invokes, warnings: host.warnings, outputs };
}

/** The inputs of a child. */
export function inputsOf(
  { children }: Expansion,
  kind: string,
  name: string,
): Record<string, Value | undefined> {
  return child(children, kind, name).inputs;
}

/** The child with a last part of its type, and a name. */
export function child(children: readonly Registered[], kind: string, name: string): Registered {
  const found = children.find((other) => other.kind === kind && other.name === name);
  if (!found)
    throw new Error(`no ${kind} ${name} among ${children.map((c) => `${c.kind} ${c.name}`).join(", ")}`);
  return found;
}

/** The blocks of the subnets: `net-public-1 10.0.32.0/20`, sorted by zone as registered. */
export function blocks({ children }: Pick<Expansion, "children">): string[] {
  return children
    .filter(({ kind }) => kind === "Subnet")
    .map(({ name, inputs }) => `${name} ${text(inputs["cidrBlock"])}`);
}

/** A value that must be a string. */
export function text(value: Value | undefined): string {
  if (typeof value !== "string") throw new Error(`${JSON.stringify(value)} is no string`);
  return value;
}
