import { isMap, SIGNATURE, UNKNOWN, type Value, type Values } from "../values";
import type { ProviderFault } from "./provider-checks";
import type { InputKind, ResourceShape } from "./sdk";

const ALLOWED: Readonly<Record<InputKind, string>> = {
  ...{ string: "a string", number: "a number", boolean: "a boolean", map: "a mapping" },
};

/**
 * Inputs of another kind than the SDK declares: a mapping or a list in the place of a scalar, or a scalar or a list in that of a
 * mapping. TypeScript refuses these, but `tsx` and JavaScript don't look, and a BigInt reaches the provider as `{}`. Which
 * scalar it is doesn't matter: the provider makes a number of "3". What is unknown passes.
 *
 * Source: hashicorp/terraform-plugin-sdk `helper/schema/schema.go`, `validatePrimitive` and `validateMap`.
 *
 * @param inputs - plain values
 */
export function wrongKinds(inputs: Values, shape: ResourceShape): ProviderFault[] {
  return Object.entries(inputs).flatMap(([property, value]) => {
    const kind = shape.inputs.get(property)?.kind;
    if (kind === undefined || value === null || value === UNKNOWN || isReference(value)) return [];
    const [isMapping, isList] = [isMap(value), Array.isArray(value)];
    if (!isList && isMapping === (kind === "map")) return [];
    const got = isMapping ? "a mapping" : isList ? "a list" : `a ${typeof value}`;
    return [{ property, reason: `it is ${got}; it must be ${ALLOWED[kind]}` }];
  });
}

/** A resource that is given for its id, which Pulumi takes for it, or an asset. */
function isReference(value: Value): boolean {
  return isMap(value) && SIGNATURE in value;
}
