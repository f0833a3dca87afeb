import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Value, Values } from "../../../packages/rehearse/values";

/** The keywords of JSON Schema that CloudFormation's resource schemas use. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** CloudFormation's resource schemas, from cfn-lint. */
export class Schemas {
  private readonly files: Readonly<Record<string, string>>;
  private readonly known = new Map<string, Schema | undefined>();

  /** @param folder `data/schemas` of the Python package cfnlint */
  constructor(
    private readonly folder: string,
    region: string,
  ) {
    const file = join(folder, "providers", `${region}.json`);
    this.files = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  }

  /** Whether CloudFormation has a resource type of this name. */
  has(type: string): boolean {
    return this.of(type) !== undefined;
  }

  /** The resource type with this name in any case. */
  find(type: string): string | undefined {
    return Object.keys(this.files).find((name) => name.toLowerCase() === type.toLowerCase());
  }

  /**
   * Converts properties to the form of a resource type's schema: names in CloudFormation's spelling, scalars in its
   * types, tags as a list. Properties that the schema lacks are left out, and reported.
   *
   * @returns the properties, and the paths of the properties that were left out
   */
  align(type: string, properties: Values): { readonly aligned: Values; readonly left: readonly string[] } {
    const root = this.of(type);
    if (root === undefined) throw new Error(`CloudFormation has no resource type ${type}`);
    const left: string[] = [];
    const aligned = alignValue(properties, root, root, "", left) as Values;
    return { aligned, left };
  }

  private of(type: string): Schema | undefined {
    if (!this.known.has(type)) {
      const file = join(this.folder, "resources", `${this.files[type]}.json`);
      const schema = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Schema) : undefined;
      this.known.set(type, schema);
    }
    return this.known.get(type);
  }
}

/** True for `{ "Ref": … }` and `{ "Fn::…": … }`. */
export function isIntrinsic(value: Value | undefined): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && (key === "Ref" || key.startsWith("Fn::"));
}

function alignValue(value: Value, given: Schema, root: Schema, path: string, left: string[]): Value {
  if (value === null || isIntrinsic(value)) return value;
  const schema = resolve(given, root);
  const types = [schema.type ?? []].flat();
  if (Array.isArray(value)) {
    if (schema.items === undefined) {
      // CloudFormation takes a single value where Pulumi has a list of one.
      const [only] = value;
      return only !== undefined && value.length === 1 && types.includes("object")
        ? alignValue(only, schema, root, path, left)
        : value;
    }
    const { items } = schema;
    return value.flatMap((element, index) =>
      element === null ? [] : [alignValue(element, items, root, `${path}[${index}]`, left)],
    );
  }
  if (typeof value !== "object") {
    const isList = types.includes("array") && types.length === 1;
    return isList ? [alignValue(value, schema.items ?? {}, root, path, left)] : alignScalar(value, types);
  }
  if (types.includes("array") && schema.items !== undefined) {
    return isKeyValue(schema.items, root)
      ? Object.entries(value).flatMap(([Key, Value]) => (Value === null ? [] : [{ Key, Value }]))
      : [alignValue(value, schema.items, root, path, left)];
  }
  const properties = schema.properties ?? {};
  // A schema without properties, or with patterns, is a map with free keys.
  if (Object.keys(properties).length === 0 || schema.patternProperties !== undefined) return value;
  const result: Values = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner === null || inner === undefined) continue;
    const name = nameIn(properties, key);
    if (name === undefined) left.push(`${path}.${key}`.replace(/^\./, ""));
    else result[name] = alignValue(inner, properties[name] ?? {}, root, `${path}.${key}`, left);
  }
  return result;
}

/** The property for a Pulumi name: in any case, with or without Pulumi's plural for lists. */
function nameIn(properties: Readonly<Record<string, Schema>>, key: string): string | undefined {
  const names = Object.keys(properties);
  const find = (wanted: string): string | undefined =>
    names.find((name) => name.toLowerCase() === wanted.toLowerCase());
  return find(key) ?? find(key.replace(/s$/, "")) ?? find(`${key}s`);
}

function isKeyValue(items: Schema, root: Schema): boolean {
  const names = Object.keys(resolve(items, root).properties ?? {});
  return names.includes("Key") && names.includes("Value") && names.length <= 3;
}

function alignScalar(value: boolean | number | string, types: readonly string[]): Value {
  if (types.length !== 1) return value;
  const [type] = types;
  if (type === "string" && typeof value !== "string") return String(value);
  // Converts as the provider does, which reads "" as 0.
  if ((type === "integer" || type === "number") && typeof value === "string" && /^(-?\d+)?$/.test(value))
    return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

function resolve(schema: Schema, root: Schema): Schema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/definitions/", "");
    return resolve(root.definitions?.[name] ?? {}, root);
  }
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((choice) => resolve(choice, root));
  if (choices.length === 0) return schema;
  // A schema with alternatives: uses the properties of all of them.
  const properties = Object.assign(
    {},
    ...choices.map((choice) => choice.properties ?? {}),
    schema.properties,
  ) as Record<string, Schema>;
  const type = schema.type ?? choices.flatMap((choice) => choice.type ?? []);
  const items = schema.items ?? choices.find((choice) => choice.items !== undefined)?.items;
  return { ...schema, type, properties, ...(items === undefined ? {} : { items }) };
}
