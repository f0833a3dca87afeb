import { messageOf, UsageError } from "../errors";
import { GoTime } from "./go-scalars";
import { parseGoYaml } from "./go-yaml";
import { readText } from "./text-file";

/** A parsed YAML or JSON mapping. */
export type Mapping = Record<string, unknown>;

/** True for a mapping; false for a list or a scalar. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * The keys of a stack file and of its settings must be strings; inside a setting, Pulumi converts others to strings.
 */
const SETTINGS = 2;

/**
 * Reads a YAML file as Pulumi does. The top level must be a mapping; an empty file is an empty mapping.
 * @param what - The kind of file in errors, for example `stack file`.
 * @param textKeys - Down to this level of mappings, keys must be strings. @default that of a stack file
 * @throws UsageError if it is missing, isn't YAML, or isn't a mapping.
 */
export function readYaml(file: string, what: string, textKeys = SETTINGS): Mapping {
  let content: unknown;
  const text = readText(file, what);
  try {
    content = parseGoYaml(text, textKeys) ?? {};
  } catch (error) {
    const message = messageOf(error);
    const remedy = message.startsWith("Tabs are not allowed") ? "; indent with spaces" : "";
    throw new UsageError(`${what} ${file} isn't valid YAML: ${message}${remedy}`);
  }
  if (!isMapping(content)) {
    throw new UsageError(`${what} ${file} must be a mapping of keys to values, but is ${describe(content)}`);
  }
  return content;
}

/**
 * Reads a JSON file whose top level is an object.
 * @throws UsageError if it is missing, isn't JSON, or isn't an object.
 */
export function readJson(file: string, what: string): Mapping {
  const text = readText(file, what);
  let content: unknown;
  try {
    content = text.trim() === "" ? {} : JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${what} ${file} isn't valid JSON: ${(error as Error).message}`);
  }
  if (!isMapping(content))
    throw new UsageError(`${what} ${file} must be a JSON object, but is ${describe(content)}`);
  return content;
}

/** A short name for a value of the wrong kind. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "bigint") return `the number ${value}`;
  if (value instanceof GoTime) return `the date ${String(value)}`;
  return typeof value === "object" ? "a mapping" : `the ${typeof value} ${JSON.stringify(value)}`;
}
