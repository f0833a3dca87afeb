/**
 * The configuration keys that control the engine itself, `pulumi:disable-default-providers` and `pulumi:autonaming`,
 * and the rehearsal: `rehearse:allowUnjudged` and `rehearse:budget`.
 *
 * Source: pulumi/pulumi `pkg/resource/deploy/default_providers.go`, `pkg/cmd/pulumi/autonaming`,
 * `pkg/resource/autonaming`; https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming-configuration
 */
import { letters, uuid } from "../cloud/hash";
import type { ProposedName } from "../cloud/types";
import { goJson } from "./go-yaml";
import { ORGANIZATION } from "./project";
import { describe, isMapping, type Mapping } from "./yaml-file";

/** The engine's settings in the configuration. */
export interface EngineSettings {
  /** True if resources and functions of a package must name a provider. */
  deniesDefaultProvider(pkg: string): boolean;
  /** The name for a resource without one; undefined if the provider decides. */
  naming(type: string, name: string, urn: string): ProposedName | undefined;
  /** The types of remote components that may stay unjudged. */
  readonly allowUnjudged: readonly string[];
  /** The monthly budget of the stack in US dollars; undefined if there is none. */
  readonly budget: number | undefined;
}

/** The stack whose settings are read, for patterns of names. */
export interface SettingsOf {
  readonly project: string;
  readonly stack: string;
  /** The content of a key such as `pulumi:autonaming`; undefined if it isn't set. */
  readonly content: (key: string) => unknown;
  /** The value of a key as a string. */
  readonly text: (key: string) => string | undefined;
}

/**
 * Reads the engine's settings.
 * @param faults - receives the faults of the settings
 */
export function readEngineSettings(of: SettingsOf, faults: string[]): EngineSettings {
  const denied = deniedPackages(of.content("pulumi:disable-default-providers"), faults);
  const names = readNaming(of, faults);
  return {
    // The engine's own resources need no plugin.
    deniesDefaultProvider: (pkg) => pkg !== "pulumi" && (denied.has("*") || denied.has(pkg)),
    naming: (type, name, urn) => names(type)?.(name, urn),
    allowUnjudged: readAllowUnjudged(of.content(ALLOW_UNJUDGED), faults),
    budget: readBudget(of.content(BUDGET), faults),
  };
}

function deniedPackages(value: unknown, faults: string[]): ReadonlySet<string> {
  const list = typeof value === "string" && value !== "" ? attempt(value) : (value ?? []);
  if (list === "") return new Set();
  if (Array.isArray(list) && list.every((entry) => typeof entry === "string"))
    return new Set(list.map((entry) => entry.trim()));
  faults.push(
    `key pulumi:disable-default-providers is ${describe(value)}; it must be a list of packages, such as [aws], or ["*"]`,
  );
  return new Set();
}

/** The key of {@link EngineSettings.allowUnjudged}. */
export const ALLOW_UNJUDGED = "rehearse:allowUnjudged";

/** True for the type of a remote component, such as `awsx:ecr:Repository`. */
export function isTypeToken(text: string): boolean {
  return /^[^:\s]+(:[^:\s]+){2}$/.test(text);
}

function readAllowUnjudged(value: unknown, faults: string[]): readonly string[] {
  const list = typeof value === "string" && value !== "" ? attempt(value) : (value ?? []);
  if (list === "") return [];
  if (Array.isArray(list) && list.every((type) => typeof type === "string" && isTypeToken(type)))
    return list as string[];
  faults.push(
    `key ${ALLOW_UNJUDGED} is ${JSON.stringify(list)}; it must be a list of types of components, such as [awsx:ecr:Repository]`,
  );
  return [];
}

/** The key of {@link EngineSettings.budget}. */
export const BUDGET = "rehearse:budget";

/** The description of a budget in messages. */
export const A_BUDGET = "a sum of US dollars a month, such as 500";

/** Parses a budget such as `500` or `79.90`; undefined if it isn't valid. */
export function budgetOf(text: string): number | undefined {
  return /^\d{1,9}(\.\d{1,2})?$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

function readBudget(value: unknown, faults: string[]): number | undefined {
  if (value === undefined || value === "") return undefined;
  const budget = typeof value === "string" || typeof value === "number" ? budgetOf(String(value)) : undefined;
  if (budget === undefined) faults.push(`key ${BUDGET} is ${describe(value)}; it must be ${A_BUDGET}`);
  return budget;
}

function attempt(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Names the resources of a type by its setting. */
type Namer = (name: string, urn: string) => ProposedName | undefined;

const FIELDS = ["mode", "pattern", "enforce"];

/** The naming of each type: its own setting, else its package's, else the general one. */
function readNaming(of: SettingsOf, faults: string[]): (type: string) => Namer | undefined {
  const section = of.content("pulumi:autonaming");
  if (section === undefined) return () => undefined;
  const read = (value: unknown, path: string, more: readonly string[]): Namer | undefined =>
    namerOf(value, { path, more, of, faults });
  const all = read(section, "pulumi:autonaming", ["providers"]);
  const packages = new Map<string, Namer | undefined>();
  const types = new Map<string, Namer | undefined>();
  const within = (value: unknown, name: string, path: string): [string, unknown][] => {
    const inner = (isMapping(value) ? value[name] : undefined) ?? {};
    if (!isMapping(inner)) faults.push(`key ${path}.${name} is ${describe(inner)}; it must be a mapping`);
    return isMapping(inner) ? Object.entries(inner).map(([key, each]) => [key, each ?? {}]) : [];
  };
  for (const [pkg, provider] of within(section, "providers", "pulumi:autonaming")) {
    const path = `pulumi:autonaming.providers.${pkg}`;
    packages.set(pkg, read(provider, path, ["resources"]) ?? all);
    for (const [type, resource] of within(provider, "resources", path)) {
      const own = read(resource, `${path}.resources.${type}`, []);
      if (isMapping(resource) && resource["mode"] === undefined && resource["pattern"] === undefined)
        faults.push(`${path}.resources.${type} has neither mode nor pattern; it must have one`);
      types.set(type, own);
    }
  }
  return (type) => {
    const pkg = type.split(":")[0] ?? "";
    if (types.has(type)) return types.get(type);
    return packages.has(pkg) ? packages.get(pkg) : all;
  };
}

const MODES = {
  default: () => undefined,
  verbatim: (name) => ({ mode: "enforce", name }),
  disabled: () => ({ mode: "disable" }),
} satisfies Record<string, Namer>;

function namerOf(
  value: unknown,
  { path, more, of, faults }: { path: string; more: readonly string[]; of: SettingsOf; faults: string[] },
): Namer | undefined {
  if (!isMapping(value)) {
    faults.push(
      `key ${path} is ${describe(value)}; it must be a mapping of ${[...FIELDS, ...more].join(", ")}`,
    );
    return undefined;
  }
  // Null counts as missing.
  const [mode, pattern, enforce] = FIELDS.map((field) => value[field] ?? undefined);
  for (const field of Object.keys(value)) {
    if (![...FIELDS, ...more].includes(field))
      faults.push(`key ${path} has no field ${field}; it can have ${[...FIELDS, ...more].join(", ")}`);
  }
  if (mode !== undefined && (pattern !== undefined || enforce !== undefined))
    faults.push(`key ${path} has mode together with pattern or enforce; keep one`);
  if (enforce !== undefined && pattern === undefined)
    faults.push(`key ${path} has enforce without pattern; add one`);
  if (mode !== undefined && !(typeof mode === "string" && mode in MODES))
    faults.push(`key ${path}.mode is ${describe(mode)}; it must be one of ${Object.keys(MODES).join(", ")}`);
  if (pattern !== undefined && typeof pattern !== "string")
    faults.push(`key ${path}.pattern is ${describe(pattern)}; it must be a string`);
  if (enforce !== undefined && typeof enforce !== "boolean")
    faults.push(`key ${path}.enforce is ${describe(enforce)}; it must be true or false`);
  if (typeof pattern === "string") {
    const resolved = withStackExpressions(pattern, of, path, faults);
    const proposal = enforce === true ? "enforce" : "propose";
    return (name, urn) => ({ mode: proposal, name: fromPattern(resolved, name, urn) });
  }
  return typeof mode === "string" ? MODES[mode as keyof typeof MODES] : undefined;
}

function withStackExpressions(pattern: string, of: SettingsOf, path: string, faults: string[]): string {
  return pattern
    .replaceAll("${organization}", ORGANIZATION)
    .replaceAll("${project}", of.project)
    .replaceAll("${stack}", of.stack)
    .replace(/\$\{config\.([^}]+)\}/g, (_, key: string) => {
      const [name = "", ...inner] = key.split(/[.[\]]+/).filter((step) => step !== "");
      const at = `${of.project}:${name}`;
      const text = inner.length === 0 ? of.text(at) : textAt(of.content(at), inner);
      if (text === undefined) faults.push(`key ${path}.pattern uses config.${key}, which isn't set`);
      return text ?? "";
    });
}

/** The string at a path inside a setting, such as `team.names[0]`. */
function textAt(content: unknown, path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>(
    (value, step) => (isMapping(value) || Array.isArray(value) ? (value as Mapping)[step] : undefined),
    content,
  );
  return found === undefined || typeof found === "string" ? found : goJson(found);
}

const RANDOM = {
  hex: "0123456789abcdef",
  alphanum: "abcdefghijklmnopqrstuvwxyz0123456789",
  string: "abcdefghijklmnopqrstuvwxyz",
  num: "0123456789",
} as const;

/** Applies a pattern. What is random in Pulumi follows from the URN here. */
function fromPattern(pattern: string, name: string, urn: string): string {
  return pattern
    .replaceAll("${name}", name)
    .replace(/\$\{(hex|alphanum|string|num)\((\d+)\)\}/g, (_, kind: keyof typeof RANDOM, length: string) =>
      letters(urn, Number(length), RANDOM[kind]),
    )
    .replaceAll("${uuid}", uuid(urn));
}
