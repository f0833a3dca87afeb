import { goNumber } from "../project/go-scalars";
import { isMap, SIGNATURE, UNKNOWN, type Value, type Values } from "../values";
import type { ProviderFault } from "./provider-checks";
import type { InputKind, ResourceShape } from "./sdk";

const ALLOWED: Readonly<Record<InputKind, string>> = {
  string: "a string",
  number: "a number",
  boolean: "a boolean",
  map: "a mapping",
};

/** The values that Go's `strconv.ParseBool` accepts. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "true", "TRUE", "True"].map((text) => [text, true] as const),
  ...["0", "f", "F", "false", "FALSE", "False"].map((text) => [text, false] as const),
]);

/**
 * Converts a string to the declared number or boolean, as the provider does; undefined if the provider refuses it.
 *
 * Source: pulumi/pulumi-terraform-bridge `pkg/tfbridge/schema.go`, `CoerceTerraformString`: Go's `strconv.ParseBool`, `ParseInt` with
 * base 0, in which an underscore stands between digits or behind a prefix, and `ParseFloat`.
 */
export function readScalar(text: string, kind: "number" | "boolean"): number | boolean | undefined {
  if (kind === "boolean") return BOOLEANS.get(text);
  if (/(?<![\da-fA-FxXoObB])_|_(?![\da-fA-F])/.test(text)) return undefined;
  const number = goNumber(text.replaceAll("_", ""));
  return number === undefined ? undefined : Number(number);
}

/**
 * Inputs of another kind than the SDK declares: a mapping or a list instead of a scalar, also within a list or a
 * mapping, or a scalar or a list instead of a mapping. TypeScript refuses these, but `tsx` and JavaScript don't check
 * them, and a BigInt reaches the provider as `{}`. As for the provider, the type of a scalar doesn't matter: it makes
 * a number of "3" and nothing of "". Unknown values pass.
 *
 * Source: hashicorp/terraform-plugin-sdk `helper/schema/schema.go`, `validatePrimitive`, `validateList` and `validateMap`.
 *
 * @param inputs - plain values
 */
export function wrongKinds(inputs: Values, shape: ResourceShape): ProviderFault[] {
  return Object.entries(inputs).flatMap(([property, value]) => {
    const { kind, of } = shape.inputs.get(property) ?? {};
    if (kind === undefined || value === null || value === UNKNOWN || isReference(value)) return [];
    // The provider makes a list of a single value.
    const reason = kind === "list" ? undefined : fault(value, kind);
    if (reason !== undefined) return [{ property, reason }];
    if (of === undefined || typeof value !== "object") return [];
    return Object.entries(value).flatMap(([key, element]) => {
      const wrong = fault(element, of);
      const at = Array.isArray(value) ? `[${key}]` : `[${JSON.stringify(key)}]`;
      return wrong === undefined ? [] : [{ property, reason: `${property}${at}: ${wrong}` }];
    });
  });
}

function fault(value: Value, kind: InputKind): string | undefined {
  if (value === null || value === UNKNOWN || isReference(value)) return undefined;
  const [isMapping, isList] = [isMap(value), Array.isArray(value)];
  const isWord =
    (kind === "number" || kind === "boolean") &&
    typeof value === "string" &&
    value !== "" &&
    readScalar(value, kind) === undefined;
  if (!isList && !isWord && isMapping === (kind === "map")) return undefined;
  const got = isMapping ? "a mapping" : isList ? "a list" : `a ${typeof value}`;
  return `it is ${got}; it must be ${ALLOWED[kind]}`;
}

/** A resource that stands for its id, which Pulumi substitutes, or an asset. */
function isReference(value: Value): boolean {
  return isMap(value) && SIGNATURE in value;
}
