import { goJson } from "./go-yaml";
import { fits, typeName } from "./config-types";
import type { Project } from "./project";

/** A configuration value as a string: lists and mappings are JSON. */
export interface ConfigValue {
  readonly text: string;
  readonly secret: boolean;
  /** The value before its conversion; undefined for an encrypted value without its key. */
  readonly content: unknown;
}

const PLACEHOLDER: Record<string, string> = { integer: "0", boolean: "false", array: "[]", object: "{}" };

/**
 * Fills in what Pulumi.yaml declares and checks types; the rules and messages are those of pulumi/pulumi
 * `pkg/workspace/config.go`.
 *
 * @param values - by full key; defaults are added to it
 * @param valueOf - converts a default or a value of Pulumi.yaml
 */
export function applyDeclarations(
  project: Project,
  stack: string,
  values: Map<string, ConfigValue>,
  valueOf: (content: unknown) => ConfigValue,
  faults: string[],
): void {
  const missing: string[] = [];
  for (const [name, { key, type, secret, fallback }] of project.config) {
    if (!values.has(key) && fallback !== undefined && fallback !== null) values.set(key, valueOf(fallback));
    const given = values.get(key);
    if (given === undefined) {
      if (key.startsWith(`${project.name}:`)) missing.push(name);
    } else if (type !== undefined && given.secret && given.content === undefined) {
      values.set(key, { ...given, text: PLACEHOLDER[type.type] ?? given.text });
    } else if (type !== undefined && secret && !given.secret) {
      faults.push(`key ${name} must be encrypted as it's secret: pulumi config set --secret ${name} VALUE`);
    } else if (
      type !== undefined &&
      !fits(typeof given.content === "object" ? given.content : given.text, type)
    ) {
      const got = given.secret ? "a secret of another type" : goJson(given.content);
      faults.push(`key ${name} must be of type ${typeName(type)}, but is ${got}`);
    }
  }
  for (const name of missing.sort()) {
    const type = project.config.get(name)?.type;
    faults.push(
      `Stack '${stack}' is missing configuration value '${name}'` +
        `${type === undefined ? "" : ` (${typeName(type)})`}: pulumi config set ${name} VALUE`,
    );
  }
}
