import { isMapping } from "./yaml-file";

/** A `type` in Pulumi.yaml's config schema; an array has the type of its items. */
export interface ConfigType {
  readonly type: string;
  readonly items?: ConfigType;
}

/** One key of Pulumi.yaml's `config:`. */
export interface ConfigDeclaration {
  readonly type: ConfigType | undefined;
  /** Its default or its value; undefined if it has neither. */
  readonly fallback: unknown;
  readonly secret: boolean;
  /** The full key. */
  readonly key: string;
}

/** The name of a type in messages, `array<string>` for example. */
export function typeName(type: ConfigType): string {
  return type.type === "array" && type.items ? `array<${typeName(type.items)}>` : type.type;
}

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;

/**
 * Whether a value has the declared type. Numbers and booleans may be strings: at the top level every scalar is one.
 * Source: pulumi/pulumi `sdk/go/common/workspace/project.go`, `ValidateConfigValue`.
 */
export function fits(content: unknown, type: ConfigType): boolean {
  switch (type.type) {
    case "string":
      return typeof content === "string";
    case "integer":
      if (typeof content === "string" && /^[+-]?\d+$/.test(content))
        return (
          BigInt(content.replace(/^\+/, "")) >= SMALLEST && BigInt(content.replace(/^\+/, "")) <= LARGEST
        );
      return Number.isInteger(content) || typeof content === "bigint";
    case "boolean":
      return typeof content === "boolean" || content === "true" || content === "false";
    case "object":
      return isMapping(content);
    default:
      return (
        Array.isArray(content) && content.every((item) => type.items !== undefined && fits(item, type.items))
      );
  }
}
