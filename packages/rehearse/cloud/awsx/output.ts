import { isMap, isOutput, isResourceReference, isSecret, secret, UNKNOWN } from "../../values";
import type { Value } from "../../values";

/**
 * A value that may be unknown or secret, with its dependencies: the settled state of an `Output<T>` in the Pulumi
 * SDK. awsx's provider is a program on that SDK, so its children's inputs follow the same rules.
 *
 * Source: pulumi/pulumi `sdk/nodejs/output.ts`.
 */
export class Output<T = Value | undefined> {
  private constructor(
    private readonly state: { readonly value: T } | undefined,
    /** URNs of the resources the value was computed from. */
    readonly dependencies: readonly string[],
    readonly secret: boolean,
  ) {}

  static of<T>(value: T, dependencies: readonly string[] = [], secret = false): Output<T> {
    return new Output({ value }, dependencies, secret);
  }

  static unknown<T>(dependencies: readonly string[] = [], secret = false): Output<T> {
    return new Output<T>(undefined, dependencies, secret);
  }

  /** Known if both are, secret if one is, and dependent on what either depends on. */
  static both<A, B>(a: Output<A>, b: Output<B>): Output<readonly [A, B]> {
    const state = a.state && b.state ? { value: [a.state.value, b.state.value] as const } : undefined;
    return new Output(state, union(a.dependencies, b.dependencies), a.secret || b.secret);
  }

  /** The value; undefined while it is unknown. */
  get value(): T | undefined {
    return this.state?.value;
  }

  get known(): boolean {
    return this.state !== undefined;
  }

  /** `apply`: computes from the value if it is known. Errors of `compute` are thrown immediately. */
  map<U>(compute: (value: T) => U): Output<U> {
    const state = this.state && { value: compute(this.state.value) };
    return new Output(state, this.dependencies, this.secret);
  }

  /** The same value with additional dependencies. */
  dependingOn(...urns: readonly string[]): Output<T> {
    return new Output(this.state, union(this.dependencies, urns), this.secret);
  }

  /** The same value, secret if `secret` is true. */
  withSecretness(secret: boolean): Output<T> {
    return new Output(this.state, this.dependencies, this.secret || secret);
  }

  /** The value as the SDK sends it to the engine; an unknown secret becomes just unknown. */
  toWire(this: Output<Value | undefined>): Value | undefined {
    if (!this.state) return UNKNOWN;
    const { value } = this.state;
    return this.secret ? secret(value ?? null) : value;
  }
}

/** The possible inputs of a resource: plain values with outputs anywhere inside. */
export type Input = null | boolean | number | string | Output | readonly Input[] | InputMap;

/** A property map with outputs anywhere inside; undefined entries count as missing. */
export interface InputMap {
  readonly [key: string]: Input | undefined;
}

/** True for a property map, as opposed to an output, list or scalar. */
export function isInputMap(input: Input | undefined): input is InputMap {
  return typeof input === "object" && input !== null && !Array.isArray(input) && !(input instanceof Output);
}

/** Reads a value in wire form: unknown values, secrets, output values and resource references become outputs. */
export function fromWire(value: Value): Input {
  if (value === UNKNOWN) return Output.unknown();
  if (Array.isArray(value)) return value.map(fromWire);
  if (!isMap(value)) return value;
  // A reference to a resource is known, even if its properties aren't.
  if (isResourceReference(value)) return Output.of<Value | undefined>(value, [value["urn"] as string]);
  if (isSecret(value) || isOutput(value)) {
    const inner = settle(fromWire(value["value"] ?? (isOutput(value) ? UNKNOWN : null)));
    const dependencies = (value["dependencies"] ?? []) as string[];
    return inner.dependingOn(...dependencies).withSecretness(isSecret(value) || value["secret"] === true);
  }
  return Object.fromEntries(Object.entries<Value>(value).map(([key, child]) => [key, fromWire(child)]));
}

/**
 * An input property as the SDK sends it for a custom resource, with the URNs of its dependencies: outputs inside it
 * become their plain, secret or unknown values individually.
 */
export function toWire(input: Input | undefined): {
  readonly value: Value | undefined;
  readonly dependencies: readonly string[];
} {
  const dependencies = new Set<string>();
  const lower = (part: Input | undefined): Value | undefined => {
    if (part instanceof Output) {
      part.dependencies.forEach((urn) => dependencies.add(urn));
      return part.toWire();
    }
    if (isList(part)) return part.map((element) => lower(element) ?? null);
    if (!isInputMap(part)) return part;
    const entries = Object.entries(part).map(([key, child]) => [key, lower(child)] as const);
    return Object.fromEntries(
      entries.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined),
    );
  };
  return { value: lower(input), dependencies: [...dependencies] };
}

/** `pulumi.output(input)`: one output of the whole, unknown or secret if any part is. */
export function settle(input: Input | undefined): Output {
  if (input instanceof Output) return input;
  const parts = isList(input) ? input : isInputMap(input) ? Object.values(input) : [];
  const settled = parts.map((part) => settle(part));
  const hidden = settled.some((part) => part.secret);
  const dependencies = union(...settled.map((part) => part.dependencies));
  if (!settled.every((part) => part.known)) return Output.unknown(dependencies, hidden);
  return Output.of(unsealed(input), dependencies, hidden);
}

/** The value of a fully known input, with secrets as plain values. */
function unsealed(input: Input | undefined): Value | undefined {
  if (input instanceof Output) return input.value;
  if (isList(input)) return input.map((element) => unsealed(element) ?? null);
  if (!isInputMap(input)) return input;
  const entries = Object.entries(input).map(([key, child]) => [key, unsealed(child)] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined),
  );
}

/** True for a list. */
export function isList(input: Input | undefined): input is readonly Input[] {
  return Array.isArray(input);
}

function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}
