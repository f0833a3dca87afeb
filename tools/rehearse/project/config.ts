import { refuseIfFaulty, UsageError } from "../errors";
import type { Values } from "../values";
import { secret } from "../values";
import type { ConfigType, Project } from "./project";
import { type Decrypter, decrypterFor } from "./secrets";
import { describe, isMapping, readYaml } from "./yaml-file";

/** One configuration value, as text: lists and mappings are JSON. */
interface ConfigValue {
  readonly text: string;
  readonly secret: boolean;
  /** The value before it became text; undefined for what can't be known, an encrypted value without its key. */
  readonly content: unknown;
}

const PLACEHOLDER: Record<string, string> = { integer: "0", boolean: "false", array: "[]", object: "{}" };

/** A stack's configuration: its file's, with the project's defaults filled in and the declared types checked. */
export class StackConfig {
  private constructor(
    private readonly values: ReadonlyMap<string, ConfigValue>,
    /** The keys whose encrypted values are placeholders, because their passphrase isn't at hand. */
    readonly placeholders: readonly string[],
    /** Every decrypted value, at any depth: what no report may show. */
    readonly secretTexts: readonly string[],
  ) {}

  /**
   * Reads a stack file.
   * @throws UsageError naming every missing and every mistyped key.
   */
  static read(project: Project, stack: string, file: string): StackConfig {
    const content = readYaml(file, "stack file");
    const config = content["config"] ?? {};
    if (!isMapping(config))
      throw new UsageError(`stack file ${file}: config is ${describe(config)}; it must be a mapping`);
    const open = decrypterFor(content["encryptionsalt"], file);
    const secretTexts: string[] = [];
    const decrypt: Decrypter = (ciphertext) => {
      const text = open(ciphertext);
      if (text !== undefined) secretTexts.push(text);
      return text;
    };

    const faults: string[] = [];
    const values = new Map<string, ConfigValue>();
    const placeholders: string[] = [];
    for (const [key, value] of Object.entries(config)) {
      const parsed = parseKey(key, project.name);
      if (parsed === undefined) {
        faults.push(
          `key ${key} is no configuration key; write NAMESPACE:NAME, for example ${project.name}:NAME`,
        );
        continue;
      }
      const opened = openSecrets(value, decrypt);
      if (opened.closed) placeholders.push(parsed);
      values.set(parsed, {
        secret: opened.secret,
        content: opened.closed && opened.content === undefined ? undefined : opened.content,
        text: opened.content === undefined ? "[secret]" : textOf(opened.content),
      });
    }
    applyDeclarations(project, stack, values, faults);
    refuseIfFaulty(`stack file ${file}`, faults);
    return new StackConfig(values, placeholders.sort(), secretTexts);
  }

  /** The value of a full key such as `aws:region`, as text. */
  get(key: string): string | undefined {
    return this.values.get(key)?.text;
  }

  /** All values by full key, as text. */
  entries(): [string, string][] {
    return [...this.values].map(([key, value]) => [key, value.text]);
  }

  /** The full keys of the secret values. */
  secretKeys(): string[] {
    return [...this.values].filter(([, value]) => value.secret).map(([key]) => key);
  }

  /** A default provider's inputs: the values in its package's namespace. */
  ofPackage(pkg: string): Values {
    const own = Object.entries(this.all()).filter(([key]) => split(key)[0] === pkg);
    return Object.fromEntries(own.map(([key, value]) => [split(key)[1], value]));
  }

  /** All values by full key, the secret ones marked. */
  all(): Values {
    const all = [...this.values].map(([key, { text, secret: hidden }]) => [
      key,
      hidden ? secret(text) : text,
    ]);
    return Object.fromEntries(all) as Values;
  }
}

function split(key: string): [string, string] {
  const at = key.indexOf(":");
  return [key.slice(0, at), key.slice(at + 1)];
}

/** A full key in today's form: `b` is the project's own, `a:config:b` the old form. Undefined for anything else. */
function parseKey(key: string, project: string): string | undefined {
  const parts = key.split(":");
  if (parts.length === 1) return `${project}:${key}`;
  if (parts.length === 3 && parts[1] === "config") return `${parts[0]}:${parts[2]}`;
  return parts.length === 2 ? key : undefined;
}

/** Configuration travels as text; the engine writes mappings with their keys in order. */
function textOf(content: unknown): string {
  if (typeof content === "object" && content !== null) return JSON.stringify(sorted(content));
  return typeof content === "string" ? content : content === null ? "" : JSON.stringify(content);
}

function sorted(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(sorted);
  if (!isMapping(content)) return content;
  return Object.fromEntries(
    Object.keys(content)
      .sort()
      .map((key) => [key, sorted(content[key])]),
  );
}

/** Opens `secure:` values at any depth. A closed one is a placeholder inside a mapping, and undefined by itself. */
function openSecrets(
  value: unknown,
  decrypt: Decrypter,
): { content: unknown; secret: boolean; closed: boolean } {
  if (Array.isArray(value)) {
    const parts = value.map((element) => openSecrets(element, decrypt));
    return { ...join(parts), content: parts.map((part) => part.content ?? "[secret]") };
  }
  if (!isMapping(value)) return { content: value, secret: false, closed: false };
  const secure = value["secure"];
  if (typeof secure === "string" && Object.keys(value).length === 1) {
    const content = decrypt(secure);
    return { content, secret: true, closed: content === undefined };
  }
  const parts = Object.entries(value).map(([key, child]) => [key, openSecrets(child, decrypt)] as const);
  return {
    ...join(parts.map(([, part]) => part)),
    content: Object.fromEntries(parts.map(([key, part]) => [key, part.content ?? "[secret]"])),
  };
}

function join(parts: readonly { secret: boolean; closed: boolean }[]): { secret: boolean; closed: boolean } {
  return { secret: parts.some((part) => part.secret), closed: parts.some((part) => part.closed) };
}

/** Fills in defaults and checks types; the rules and words are pulumi/pulumi's `pkg/workspace/config.go`. */
function applyDeclarations(
  project: Project,
  stack: string,
  values: Map<string, ConfigValue>,
  faults: string[],
): void {
  const missing: string[] = [];
  for (const [name, declaration] of project.config) {
    const key = name.includes(":") ? name : `${project.name}:${name}`;
    const given = values.get(key);
    if (given === undefined) {
      const { fallback } = declaration;
      if (fallback !== undefined) {
        values.set(key, { text: textOf(fallback), secret: false, content: fallback });
        if (declaration.secret) faults.push(mustBeEncrypted(name));
      } else if (split(key)[0] === project.name) missing.push(name);
      continue;
    }
    if (declaration.type === undefined) continue;
    if (given.secret && given.content === undefined) {
      values.set(key, { ...given, text: PLACEHOLDER[declaration.type.type] ?? given.text });
      continue;
    }
    if (declaration.secret && !given.secret) {
      faults.push(mustBeEncrypted(name));
    } else if (!fits(typeof given.content === "object" ? given.content : given.text, declaration.type)) {
      const got = given.secret ? "a secret of another type" : JSON.stringify(given.content);
      faults.push(`key ${name} must be of type ${typeName(declaration.type)}, and is ${got}`);
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

function mustBeEncrypted(name: string): string {
  return `key ${name} must be encrypted as it's secret: pulumi config set --secret ${name} VALUE`;
}

function typeName(type: ConfigType): string {
  return type.type === "array" && type.items ? `array<${typeName(type.items)}>` : type.type;
}

/** Whether a value is of a declared type. Numbers and booleans may be text: at the top level every scalar is. */
function fits(content: unknown, type: ConfigType): boolean {
  switch (type.type) {
    case "string":
      return typeof content === "string";
    case "integer":
      return Number.isInteger(content) || (typeof content === "string" && /^[+-]?\d+$/.test(content));
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
