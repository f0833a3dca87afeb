import { refuseIfFaulty, UsageError } from "../errors";
import type { Values } from "../values";
import { secret } from "../values";
import type { ConfigType, Project } from "./project";
import { type Decrypter, decrypterFor } from "./secrets";
import { type EngineSettings, readEngineSettings } from "./engine-settings";
import { goJson } from "./go-yaml";
import { describe, isMapping, type Mapping, readYaml } from "./yaml-file";

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
    /** What it tells the engine itself. */
    readonly engine: EngineSettings,
    /** What may be a slip: the engine passes over it in silence. */
    readonly warnings: readonly string[],
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
    const environments = content["environment"];
    if (environments !== undefined && environments !== null)
      throw new UsageError(
        `stack file ${file}: it imports Pulumi ESC environments (environment), which are opened by Pulumi Cloud alone. ` +
          "Write the values that it has from them into a file of its own and rehearse with --config-file FILE",
      );
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
      // A key without a value has an empty text; null inside a value stays null.
      const opened = openSecrets(value ?? "", decrypt);
      if (opened.closed) placeholders.push(parsed);
      values.set(parsed, {
        secret: opened.secret,
        content: opened.closed && opened.content === undefined ? undefined : opened.content,
        text: opened.content === undefined ? "[secret]" : textOf(opened.content),
      });
    }
    applyDeclarations(project, stack, values, faults);
    const engine = readEngineSettings(
      {
        stack,
        project: project.name,
        content: (key) => values.get(key)?.content,
        text: (key) => values.get(key)?.text,
      },
      faults,
    );
    refuseIfFaulty(`stack file ${file}`, faults);
    const warnings = [...unknownParts(content), ...wrongNamespaces(project, values.keys())].map(
      (slip) => `stack file ${file}: ${slip}`,
    );
    return new StackConfig(values, placeholders.sort(), secretTexts, engine, warnings);
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

/** A stack file's own parts; the engine reads no others. */
const PARTS = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

function unknownParts(content: Mapping): string[] {
  return Object.keys(content)
    .filter((key) => !PARTS.includes(key))
    .map(
      (key) =>
        `nothing reads ${key}; settings stand under config, and beside it ${PARTS.slice(1).join(", ")}`,
    );
}

/** Keys of no package's whose name the project declares for itself: most likely its own, under a wrong namespace. */
function wrongNamespaces(project: Project, keys: Iterable<string>): string[] {
  return [...keys].flatMap((key) => {
    const [namespace, name] = split(key);
    const own = `${project.name}:${name}`;
    const declared = project.config.has(name) || project.config.has(own);
    return namespace === project.name || project.config.has(key) || !declared
      ? []
      : [`${key} is not this project's; did you mean ${own}?`];
  });
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

/** Configuration travels as text; what isn't a text is JSON. */
function textOf(content: unknown): string {
  return typeof content === "string" ? content : goJson(content);
}

/** Opens `secure:` values at any depth. A closed one is a placeholder inside a mapping, and undefined by itself. */
function openSecrets(
  value: unknown,
  decrypt: Decrypter,
): { content: unknown; secret: boolean; closed: boolean } {
  if (Array.isArray(value)) {
    const parts = value.map((element) => openSecrets(element, decrypt));
    return { ...join(parts), content: parts.map(shown) };
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
    content: Object.fromEntries(parts.map(([key, part]) => [key, shown(part)])),
  };
}

/** A part's content; what is closed by itself has none. */
function shown({ content }: { readonly content: unknown }): unknown {
  return content === undefined ? "[secret]" : content;
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
      const got = given.secret ? "a secret of another type" : goJson(given.content);
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
      return (
        Number.isInteger(content) ||
        typeof content === "bigint" ||
        (typeof content === "string" && /^[+-]?\d+$/.test(content))
      );
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
