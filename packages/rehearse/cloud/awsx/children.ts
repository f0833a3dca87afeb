import { isMap, resourceReference, UNKNOWN } from "../../values";
import type { Value, Values } from "../../values";
import type { ConstructHost } from "../types";
import { fromWire, isInputMap, Output, settle, toWire } from "./output";
import type { Input, InputMap } from "./output";

/** A registered child. */
export interface Child {
  readonly urn: string;
  /** Unknown in preview. */
  readonly id: Output;
  /** The component's outputs refer to it with this. */
  readonly reference: Output;
  /** One of its outputs. */
  output(key: string): Output;
}

/**
 * Registers one child as awsx's provider would through the Pulumi SDK.
 *
 * @param inputs - the child's inputs; undefined entries are left out.
 * @param parent - the URN of the component, or another child.
 * @param dependsOn - its explicit dependencies. @default its parent, if that is a child
 */
export async function registerChild(
  host: ConstructHost,
  type: string,
  name: string,
  inputs: InputMap,
  parent: string | Child,
  dependsOn: readonly Child[] = typeof parent === "string" ? [] : [parent],
): Promise<Child> {
  const sent: Values = {};
  const propertyDependencies: Record<string, readonly string[]> = {};
  for (const [key, input] of Object.entries(inputs)) {
    const { value, dependencies } = toWire(input);
    if (value === undefined) continue;
    sent[key] = value;
    propertyDependencies[key] = dependencies;
  }
  const { urn, id, outputs } = await host.register({
    type,
    name,
    inputs: sent,
    parent: typeof parent === "string" ? parent : parent.urn,
    dependsOn: dependsOn.map((child) => child.urn),
    propertyDependencies,
  });
  const known = host.context.mode === "up";
  return {
    urn,
    id: own(urn, id),
    reference: Output.of<Value | undefined>(resourceReference(urn, id), [urn]),
    // An output without a value is unknown in preview and undefined after it, as in the SDK's resolveProperties.
    output: (key) => own(urn, outputs[key] ?? sent[key] ?? (known ? undefined : UNKNOWN)),
  };
}

/**
 * A resource that the program passed to the component, as awsx's provider gets it through the Pulumi SDK: with the
 * state that the engine has.
 *
 * @param reference - a resource reference, or an output of one
 */
export async function givenResource(
  host: ConstructHost,
  reference: Input | undefined,
): Promise<Pick<Child, "id" | "output">> {
  const settled = settle(reference);
  const known = settled.value;
  const urn = isMap(known) ? known["urn"] : undefined;
  if (typeof urn !== "string") return { id: settled, output: () => settled };
  const { id, state } = await host.resource(urn);
  const missing = host.context.mode === "up" ? undefined : UNKNOWN;
  const output = (key: string): Output =>
    own(urn, state[key] ?? missing).dependingOn(...settled.dependencies);
  return { id: own(urn, id || UNKNOWN).dependingOn(...settled.dependencies), output };
}

/** Calls an AWS function once its arguments are known; until then, its result is unknown. */
export async function lookUp(host: ConstructHost, token: string, args: Input): Promise<Output> {
  const { value, dependencies, secret } = settle(args);
  if (!isMap(value)) return Output.unknown(dependencies, secret);
  return Output.of<Value | undefined>(await host.invoke(token, value), dependencies, secret);
}

/** A property of an object that may be an output: the SDK lifts access to its properties. */
export function propertyOf(input: Input | undefined, key: string): Input | undefined {
  if (input instanceof Output)
    return input.map((value: Value | undefined) => (isMap(value) ? value[key] : undefined));
  return isInputMap(input) ? input[key] : undefined;
}

/** The result of spreading an object (`...input`): nothing for an SDK output, whatever its value. */
export function spread(input: Input | undefined): InputMap {
  return isInputMap(input) ? input : {};
}

/** An output value of a resource. */
function own(urn: string, value: Value | undefined): Output {
  return value === undefined
    ? Output.of<Value | undefined>(undefined, [urn])
    : settle(fromWire(value)).dependingOn(urn);
}

/**
 * Merges maps of tags as awsx does, by object spread; later ones override earlier ones. Spreading an SDK output
 * yields an output again, so the last output among them is the result and all other maps are lost.
 */
export function mergeTags(...maps: readonly (Input | undefined)[]): Input {
  const outputs = maps.filter((map) => map instanceof Output);
  return outputs.at(-1) ?? Object.fromEntries(maps.filter(isInputMap).flatMap((map) => Object.entries(map)));
}
