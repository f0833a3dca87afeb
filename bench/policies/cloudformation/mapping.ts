import type { Value, Values } from "../../../packages/rehearse/values";

/** Finds the properties of another resource of the template, by a reference to it or by its id or name. */
export type Owner = (reference: Value | undefined) => Values | undefined;

/**
 * The translation of one Pulumi type to CloudFormation. Properties whose names differ only in case need no entry; see
 * `Schemas.align`.
 */
export interface Mapping {
  /** CloudFormation's type; undefined if `shape` returns it, or if it only adds to other resources. */
  readonly type?: string;
  /**
   * The reference to each output: `Ref`, or an attribute for `Fn::GetAtt`.
   * @default `Ref` for `id` and `name`, the attribute `Arn` for `arn`
   */
  readonly outputs?: Readonly<Record<string, string>>;
  /**
   * The inputs under CloudFormation's names where these differ; or the equivalent resources, of which the first one
   * stands for the whole. May add properties to the resources that this one belongs to. Also gets the resource's own
   * name, for types that need a name in CloudFormation and get it from Pulumi here.
   * @returns undefined if CloudFormation has no equivalent
   */
  readonly shape?: (inputs: Values, owner: Owner, name: string) => Values | readonly Part[] | undefined;
}

/** A resource of CloudFormation. */
export interface Part {
  readonly type: string;
  readonly properties: Values;
}

export type Mappings = Readonly<Record<string, Mapping>>;

/** A type and its other names. */
export function named(tokens: readonly string[], mapping: Mapping): Mappings {
  return Object.fromEntries(tokens.map((token) => [token, mapping]));
}

export function isObject(value: Value | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The elements of a list; none for other values. */
export function listOf(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

/** A property of an object, or undefined. */
export function at(value: Value | undefined, ...path: string[]): Value | undefined {
  return path.reduce<Value | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** Copies properties to other names; missing ones are left out. */
export function rename(inputs: Values, names: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [names[key] ?? key, value]));
}

/** A copy without some properties. */
export function without(inputs: Values, ...keys: readonly string[]): Values {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !keys.includes(key)));
}

/** Adds elements to a list of a resource's properties. */
export function append(properties: Values, key: string, ...elements: readonly Value[]): void {
  properties[key] = [...listOf(properties[key]), ...elements];
}

/** Attributes as a list of keys and values, which is the form of load balancing's attributes. */
export function attributes(inputs: Values, keys: Readonly<Record<string, string>>): Value[] {
  return Object.entries(keys).flatMap(([path, Key]) => {
    const value = at(inputs, ...path.split("."));
    return value === undefined || value === null
      ? []
      : [{ Key, Value: typeof value === "object" ? value : String(value) }];
  });
}
