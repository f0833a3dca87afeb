import { createRequire } from "node:module";
import { join } from "node:path";

import { nearest } from "../cli/nearest";
import { refuseIfFaulty, UsageError } from "../errors";
import type { Values } from "../values";
import { secret } from "../values";
import { parseKey, split } from "./config-keys";
import { applyDeclarations, type ConfigValue } from "./declarations";
import { type EngineSettings, readEngineSettings } from "./engine-settings";
import { type EnvironmentAnswers, EnvironmentSecret, merged, openEnvironments } from "./environments";
import { GoTime } from "./go-scalars";
import { goJson } from "./go-yaml";
import type { Project } from "./project";
import { type Decrypter, decrypterFor } from "./secrets";
import { describe, isMapping, type Mapping, readYaml } from "./yaml-file";
import { type Setting, withSettings } from "./settings";

/** A stack's configuration: its file, with the project's defaults filled in and the declared types checked. */
export class StackConfig {
  private constructor(
    private readonly values: ReadonlyMap<string, ConfigValue>,
    /** The keys whose encrypted values are placeholders, because the passphrase isn't available. */
    readonly placeholders: readonly string[],
    /** Every decrypted value, at any depth: no report may show these. */
    readonly secretTexts: readonly string[],
    /** Its settings for the engine. */
    readonly engine: EngineSettings,
    /** The variables that the stack's environments add to the program's. */
    readonly variables: Readonly<Record<string, string>>,
    /** Possible mistakes that the engine ignores silently. */
    readonly warnings: readonly string[],
  ) {}

  /**
   * Reads a stack file.
   *
   * @param environments - the known content of the Pulumi ESC environments that it imports. @default none
   * @param settings - replacements for its own settings. @default none
   * @throws UsageError naming every missing and every invalid key.
   */
  static read(
    project: Project,
    stack: string,
    file: string,
    environments: EnvironmentAnswers = {},
    settings: readonly Setting[] = [],
  ): StackConfig {
    const content = readYaml(file, "stack file");
    const config = content["config"] ?? {};
    const changed =
      settings.length > 0 && isMapping(config)
        ? { ...content, config: withSettings(config, settings, project) }
        : content;
    return StackConfig.of(project, stack, changed, { environments, name: `stack file ${file}` });
  }

  /**
   * The configuration of a stack in a program without stack files: an empty one.
   *
   * @throws UsageError naming every missing key
   */
  static empty(project: Project, stack: string): StackConfig {
    const name = `stack ${stack}, which has no stack file`;
    const warning =
      `the program has no stack file, so ${stack} has an empty configuration: create Pulumi.${stack}.yaml in ` +
      `${project.stackDir}, or name a file with --config-file`;
    return StackConfig.of(project, stack, {}, { environments: {}, name, warning });
  }

  private static of(
    project: Project,
    stack: string,
    content: Mapping,
    { environments, name, warning }: { environments: EnvironmentAnswers; name: string; warning?: string },
  ): StackConfig {
    const config = content["config"] ?? {};
    if (!isMapping(config))
      throw new UsageError(`${name}: config is ${describe(config)}; it must be a mapping`);
    const open = decrypterFor(content["encryptionsalt"], name);
    const secretTexts: string[] = [];
    const decrypt: Decrypter = (ciphertext) => {
      const text = open(ciphertext);
      if (text !== undefined) secretTexts.push(text);
      return text;
    };

    const faults = wrongProviders(content);
    const environment = openEnvironments(content["environment"], environments, faults);
    const written = new Map<string, unknown>();
    for (const key of Object.keys(config).sort()) {
      const parsed = parseKey(key, project.name);
      if (parsed === undefined)
        faults.push(
          `key ${key} is not a configuration key; write NAMESPACE:NAME, for example ${project.name}:NAME`,
        );
      else if (key !== parsed && Object.hasOwn(config, parsed) && !key.includes(":"))
        faults.push(`keys ${key} and ${parsed} are the same setting; keep one`);
      // A key without a value becomes an empty string; null inside a value stays null.
      else written.set(parsed, config[key] ?? "");
    }
    for (const [key, value] of Object.entries(environment.config)) {
      const parsed = parseKey(key, project.name);
      if (parsed === undefined) faults.push(`key ${key} of its environments is not a configuration key`);
      else written.set(parsed, written.has(parsed) ? merged(value, written.get(parsed)) : value);
    }

    const placeholders: string[] = [];
    const values = new Map<string, ConfigValue>();
    for (const [key, value] of written) {
      const opened = openSecrets(value, decrypt);
      if (opened.closed) placeholders.push(key);
      secretTexts.push(...opened.texts);
      values.set(key, valueOf(opened));
    }
    const ofProject = (value: unknown): ConfigValue => valueOf(openSecrets(jsonOf(value), decrypt));
    applyDeclarations(project, stack, values, ofProject, faults);
    const engine = readEngineSettings(
      {
        stack,
        project: project.name,
        content: (key) => values.get(key)?.content,
        text: (key) => values.get(key)?.text,
      },
      faults,
    );
    refuseIfFaulty(name, faults);
    const warnings = [
      ...(warning === undefined ? [] : [warning]),
      ...project.warnings,
      ...[...unknownParts(content), ...wrongNamespaces(project, values.keys())].map(
        (slip) => `${name}: ${slip}`,
      ),
    ];
    return new StackConfig(values, placeholders.sort(), secretTexts, engine, environment.variables, warnings);
  }

  /** The value of a full key such as `aws:region`, as a string. */
  get(key: string): string | undefined {
    return this.values.get(key)?.text;
  }

  /** All values by full key, as strings. */
  entries(): [string, string][] {
    return [...this.values].map(([key, value]) => [key, value.text]);
  }

  /** The full keys of the secret values. */
  secretKeys(): string[] {
    return [...this.values].filter(([, value]) => value.secret).map(([key]) => key);
  }

  /** The inputs of a default provider: the values in its package's namespace. */
  ofPackage(pkg: string): Values {
    const own = Object.entries(this.all()).filter(([key]) => split(key)[0] === pkg);
    return Object.fromEntries(own.map(([key, value]) => [split(key)[1], value]));
  }

  /** All values by full key, with the secrets marked. */
  all(): Values {
    const all = [...this.values].map(([key, { text, secret: hidden }]) => [
      key,
      hidden ? secret(text) : text,
    ]);
    return Object.fromEntries(all) as Values;
  }
}

/** The top-level keys of a stack file; the engine ignores all others. */
const PARTS = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

function unknownParts(content: Mapping): string[] {
  return Object.keys(content)
    .filter((key) => !PARTS.includes(key))
    .map(
      (key) =>
        `${key} is ignored; settings belong under config, and the other keys are ${PARTS.slice(1).join(", ")}`,
    );
}

/** Keys in a namespace that was probably meant to be the project's own. */
function wrongNamespaces(project: Project, keys: Iterable<string>): string[] {
  const declared = new Set([...project.config.values()].map(({ key }) => key));
  return [...keys].flatMap((key) => {
    const [namespace, name] = split(key);
    const own = `${project.name}:${name}`;
    if (namespace === project.name || declared.has(key)) return [];
    const isSlip = nearest(namespace, [project.name]) !== undefined && !isInstalled(namespace, project.root);
    return declared.has(own) || isSlip ? [`${key} is not this project's; did you mean ${own}?`] : [];
  });
}

/** Whether a namespace is the name of an installed Pulumi package. */
function isInstalled(pkg: string, root: string): boolean {
  try {
    createRequire(join(root, "package.json")).resolve(`@pulumi/${pkg}/package.json`);
    return true;
  } catch {
    return false;
  }
}

function wrongProviders(content: Mapping): string[] {
  return ["encryptionsalt", "encryptedkey", "secretsprovider"].flatMap((part) => {
    const value = content[part];
    return Array.isArray(value) || isMapping(value)
      ? [`${part} is ${describe(value)}; it must be a string`]
      : [];
  });
}

/** A decrypted value. */
interface Opened {
  readonly content: unknown;
  readonly secret: boolean;
  /** Whether the value, or a part of it, can't be decrypted. */
  readonly closed: boolean;
  /** Secrets that an environment holds in clear text. */
  readonly texts: readonly string[];
}

function valueOf({ content, secret: hidden }: Opened): ConfigValue {
  return { text: content === undefined ? "[secret]" : textOf(content), secret: hidden, content };
}

/** Configuration values are strings; other values are written as JSON. */
function textOf(content: unknown): string {
  return typeof content === "string" ? content : goJson(content);
}

/**
 * Decrypts secrets at any depth. One without its key is a placeholder inside a mapping, and undefined at the top
 * level.
 */
function openSecrets(value: unknown, decrypt: Decrypter): Opened {
  if (value instanceof GoTime) return { content: String(value), secret: false, closed: false, texts: [] };
  if (value instanceof EnvironmentSecret) {
    const { value: content } = value;
    return { content, secret: true, closed: false, texts: [textOf(content)] };
  }
  if (Array.isArray(value)) {
    const parts = value.map((element) => openSecrets(element, decrypt));
    return { ...joined(parts), content: parts.map(shown) };
  }
  if (!isMapping(value)) return { content: value, secret: false, closed: false, texts: [] };
  const { secure } = value;
  if (typeof secure === "string" && Object.keys(value).length === 1) {
    const content = decrypt(secure);
    return { content, secret: true, closed: content === undefined, texts: [] };
  }
  const parts = Object.entries(value).map(([name, child]) => [name, openSecrets(child, decrypt)] as const);
  return {
    ...joined(parts.map(([, part]) => part)),
    content: Object.fromEntries(parts.map(([name, part]) => [name, shown(part)])),
  };
}

/** The content of a part; none if it can't be decrypted. */
function shown({ content }: Opened): unknown {
  return content === undefined ? "[secret]" : content;
}

function joined(parts: readonly Opened[]): Omit<Opened, "content"> {
  return {
    secret: parts.some((part) => part.secret),
    closed: parts.some((part) => part.closed),
    texts: parts.flatMap(({ texts }) => texts),
  };
}

/** Converts a value of Pulumi.yaml by way of JSON, which writes times in another form. */
function jsonOf(value: unknown): unknown {
  if (value instanceof GoTime) return value.toJSON();
  if (Array.isArray(value)) return value.map(jsonOf);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, jsonOf(child)]));
}
