import type { Value, Values } from "../../../packages/rehearse/values";

/** Finds the properties of another resource of the template, by a reference to it or by its id or name. */
export type Owner = (reference: Value | undefined) => Values | undefined;

/**
 * How resources of one Pulumi type are said in CloudFormation. Properties that are called the same, but for the case
 * of letters, need no word; see `Schemas.align`.
 */
export interface Mapping {
  /** CloudFormation's type; undefined if `shape` names it, or completes other resources instead. */
  readonly type?: string;
  /**
   * How to refer to an output: `Ref`, or an attribute for `Fn::GetAtt`.
   * @default by `Ref` to `id` and `name`, by the attribute `Arn` to `arn`
   */
  readonly outputs?: Readonly<Record<string, string>>;
  /**
   * The inputs by CloudFormation's names where these are others; or the resources that say the same there, the first
   * one standing for the whole. May add properties to other resources, to which this one belongs. Gets the resource's
   * own name too, for what must have one in CloudFormation and is named by Pulumi here.
   * @returns undefined if CloudFormation can't say it
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

/** The elements of a list; none if it is no list. */
export function listOf(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

/** A property of an object, or undefined. */
export function at(value: Value | undefined, ...path: string[]): Value | undefined {
  return path.reduce<Value | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** Copies properties under other names; those that are not there are left out. */
export function rename(inputs: Values, names: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [names[key] ?? key, value]));
}

/** Leaves properties out. */
export function without(inputs: Values, ...keys: readonly string[]): Values {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !keys.includes(key)));
}

/** Adds elements to a list of a resource's properties. */
export function append(properties: Values, key: string, ...elements: readonly Value[]): void {
  properties[key] = [...listOf(properties[key]), ...elements];
}

/** Attributes as lists of keys and values, which is how load balancing is configured. */
export function attributes(inputs: Values, keys: Readonly<Record<string, string>>): Value[] {
  return Object.entries(keys).flatMap(([path, Key]) => {
    const value = at(inputs, ...path.split("."));
    return value === undefined || value === null
      ? []
      : [{ Key, Value: typeof value === "object" ? value : String(value) }];
  });
}
