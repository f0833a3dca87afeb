import { isMap, UNKNOWN, type Value, type Values } from "../values";
import { fill } from "./fill";
import {
  methodShape,
  objectShape,
  type Property,
  type PropertyType,
  resourceShape,
  resourceToken,
} from "./sdk";
import type { CloudContext, Refer } from "./types";

/**
 * The outputs of a remote component whose children aren't known, by the types that its SDK declares. Outputs that are
 * resources are references in both modes, as after creation, so that a program can use their outputs. Optional ones
 * are included, because the arguments decide which exist.
 *
 * @param urn - determines the made-up values
 */
export function componentOutputs(type: string, urn: string, context: CloudContext, refer: Refer): Values {
  const shape = resourceShape(type, context.programDir);
  if (shape === undefined) return {};
  const isKnown = context.mode === "up";

  const valueOf = (property: Property, of: PropertyType, path: string): Value | undefined => {
    if (of.kind === "resource") {
      const token = resourceToken(of.name, context.programDir);
      return token === undefined ? undefined : refer(token, path);
    }
    if (of.kind === "list") {
      const element = of.of.kind === "resource" ? valueOf(property, of.of, path) : undefined;
      return element === undefined ? undefined : [element];
    }
    if (of.kind !== "object" || !isKnown) return undefined;
    const fields = objectShape(shape.root, of.name).flatMap((field) => {
      const value = valueOf(field, field.type, `${path}-${field.name}`);
      return value === undefined ? [] : [[field.name, value] as const];
    });
    const plain = fill(property, shape.root, urn, context);
    return fields.length === 0
      ? undefined
      : { ...(isMap(plain) ? plain : {}), ...Object.fromEntries(fields) };
  };

  const outputs: Values = {};
  for (const property of shape.outputs.values()) {
    const { name, type: declared, optional } = property;
    const value = valueOf(property, declared, name);
    if (value !== undefined) outputs[name] = value;
    else if (!isKnown) outputs[name] = UNKNOWN;
    else if (!optional) outputs[name] = fill(property, shape.root, urn, context);
  }
  return outputs;
}

/**
 * The result of a method of such a component, by the type that its SDK declares.
 *
 * @param urn - of the component
 * @throws Error if the SDK doesn't declare it
 */
export function methodResult(token: string, urn: string, context: CloudContext): Values {
  const shape = methodShape(token, context.programDir);
  if (shape === undefined)
    throw new Error(`the rehearsal can't answer ${token}: it is a method of a provider that isn't running`);
  return Object.fromEntries(
    shape.results.map((property) => [
      property.name,
      context.mode === "up" ? fill(property, shape.root, `${urn} ${token}`, context) : UNKNOWN,
    ]),
  );
}
