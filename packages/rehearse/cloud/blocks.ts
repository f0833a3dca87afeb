/**
 * The values that a provider computes within a program's blocks: `vpcConfig.clusterSecurityGroupId` of an EKS
 * cluster, or `rootBlockDevice.volumeId` of an instance.
 */
import { isMap, UNKNOWN, type Value, type Values } from "../values";
import { readScalar } from "./input-types";
import { objectShape, type Property, type PropertyType, requiredIn } from "./sdk";

/**
 * Makes up the value of one field.
 *
 * @param path - Its path, such as `rootBlockDevice volumeId`.
 */
export type Compute = (field: Property, path: string) => Value;

/**
 * The required fields that are missing from a program's blocks: their paths, such as `defaultActions[0].type`.
 *
 * @param declared - The properties as the SDK declares them.
 * @param root - Folder of the SDK.
 */
export function missingFields(
  properties: Values,
  declared: ReadonlyMap<string, Property>,
  root: string,
): string[] {
  const missing = (value: Value, type: PropertyType, path: string): string[] => {
    if (type.kind === "list" && Array.isArray(value))
      return value.flatMap((element, index) => missing(element, type.of, `${path}[${index}]`));
    if (type.kind !== "object" || !isMap(value)) return [];
    return objectShape(root, type.name).flatMap((field) => {
      const { name, optional } = field;
      const given = value[name];
      if (given !== undefined && given !== null) return missing(given, field.type, `${path}.${name}`);
      return !optional && requiredIn(root, type.name).has(name) ? [`${path}.${name}`] : [];
    });
  };
  return Object.entries(properties).flatMap(([name, value]) => {
    const type = declared.get(name)?.type;
    return type === undefined ? [] : missing(value, type, name);
  });
}

/**
 * Converts each scalar to the type that the SDK declares, also in blocks: the provider makes a boolean of "true", a
 * number of "80" and a string of 80 before policies see them. Values that can't be converted stay the same.
 *
 * @param declared - The properties as the SDK declares them.
 * @param root - Folder of the SDK.
 */
export function readAsDeclared(
  properties: Values,
  declared: (name: string) => PropertyType | undefined,
  root: string,
): Values {
  const readAs = (value: Value, type: PropertyType | undefined): Value => {
    if (type === undefined || value === UNKNOWN || value === "") return value;
    if (type.kind === "list" && Array.isArray(value)) return value.map((one) => readAs(one, type.of));
    if (type.kind === "object" && isMap(value)) {
      const fields = new Map(objectShape(root, type.name).map((field) => [field.name, field.type]));
      return fields.size === 0 ? value : readAsDeclared(value, (name) => fields.get(name), root);
    }
    if (type.kind === "string" && typeof value !== "object") return String(value);
    if ((type.kind === "boolean" || type.kind === "number") && typeof value === "string")
      return readScalar(value, type.kind) ?? value;
    return value;
  };
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, readAs(value, declared(name))]),
  );
}

/**
 * Completes the blocks of properties: each field that is always set, and that the program was allowed to leave out
 * and did, gets a computed value. Unknown blocks stay unknown, and missing blocks aren't created.
 *
 * A missing required field stays missing: that is the program's error.
 *
 * @param declared - The properties as the SDK declares them.
 * @param root - Folder of the SDK.
 */
export function completeBlocks(
  properties: Values,
  declared: ReadonlyMap<string, Property>,
  root: string,
  compute: Compute,
): Values {
  const complete = (value: Value, type: PropertyType, path: string): Value => {
    if (type.kind === "list" && Array.isArray(value))
      return value.map((element, index) => complete(element, type.of, `${path} ${index}`));
    if (type.kind !== "object" || !isMap(value)) return value;
    const block: Values = {};
    for (const field of objectShape(root, type.name)) {
      const { name, optional } = field;
      const given = value[name];
      const inner = `${path} ${name}`;
      if (given !== undefined) block[name] = complete(given, field.type, inner);
      else if (!optional && !requiredIn(root, type.name).has(name)) block[name] = compute(field, inner);
    }
    return { ...value, ...block };
  };
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const type = declared.get(name)?.type;
      return [name, type === undefined ? value : complete(value, type, name)];
    }),
  );
}
