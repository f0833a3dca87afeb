import { definitions, provided, type Key, type Settings } from "./definitions";
import { jointFaults } from "./joint-rules";
import { nearest } from "./nearest";
import type { Definition } from "./setting-types";

/** One thing wrong with a stack's settings. */
export interface Fault {
  /** The setting, with its namespace: `web-store:minSize`. */
  readonly key: string;
  /** The configured value as text, or undefined when there is none. */
  readonly got: string | undefined;
  /** What values are allowed. */
  readonly allowed: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A stack's configuration as Pulumi hands it over: values as text, keys with their namespace. */
export type Configuration = Readonly<Record<string, string>>;

/**
 * The settings in a stack's configuration, or every fault in it at once. Nothing but these arguments decides.
 *
 * @param project - the Pulumi project, the namespace of the settings
 */
export function validate(
  project: string,
  configuration: Configuration,
): { readonly settings: Settings } | { readonly faults: readonly Fault[] } {
  const values: Partial<Record<keyof Settings, unknown>> = {};
  const faults: Fault[] = [];
  const readInto = (key: keyof Settings, fullKey: string, definition: Definition<unknown>): void => {
    const text = configuration[fullKey];
    const value = text === undefined ? definition.default : definition.parse(text);
    if (value !== undefined) values[key] = value;
    else faults.push(...faultsOf(fullKey, text, definition));
  };

  readInto("region", provided.region.key, provided.region.definition);
  readInto("defaultTags", provided.defaultTags.key, provided.defaultTags.definition);
  for (const key of keys) readInto(key, `${project}:${key}`, definitions[key]);
  for (const { key, at = "", ...fault } of jointFaults(values as Partial<Settings>)) {
    const isOurs = key !== "defaultTags";
    const fullKey = isOurs ? `${project}:${key}` : provided[key].key;
    const got = isOurs && at === "" ? configuration[fullKey] : textAt(values[key], at);
    const fallback = isOurs ? definitions[key].default : {};
    faults.push({ key: fullKey + at, got: got ?? `${textOf(fallback)} (default)`, ...fault });
  }
  faults.push(...unknownKeys(project, configuration));

  return faults.length > 0 ? { faults } : { settings: Object.freeze(values as Settings) };
}

/**
 * The error that tells a stack's faults.
 *
 * @param stack - the Pulumi stack
 */
export function describeFaults(stack: string, faults: readonly Fault[]): string {
  const count = faults.length === 1 ? "1 setting" : `${faults.length} settings`;
  const paragraphs = faults.map(({ key, got, allowed, remedy }) =>
    [
      key,
      `  got:     ${got === "" ? "an empty text" : (got ?? "nothing")}`,
      `  allowed: ${allowed}`,
      `  remedy:  ${remedy}`,
    ].join("\n"),
  );
  return [`Stack ${stack} has ${count} to correct. Nothing was created or changed.`, ...paragraphs].join(
    "\n\n",
  );
}

const keys = Object.keys(definitions) as Key[];

/** The text of what a structured setting has at a place such as `[2].minSize`. */
function textAt(value: unknown, at: string): string {
  const names = at.split(/[.[\]]+/).filter((name) => name !== "");
  const found = names.reduce<unknown>((outer, name) => (outer as Record<string, unknown>)[name], value);
  return textOf(found);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function faultsOf(key: string, got: string | undefined, definition: Definition<unknown>): Fault[] {
  const nested = got === undefined ? undefined : definition.faults?.(got);
  return nested?.map(({ at, ...fault }) => ({ key: key + at, ...fault })) ?? [faultOf(key, got, definition)];
}

function faultOf(
  key: string,
  got: string | undefined,
  { allowed, example, type }: Definition<unknown>,
): Fault {
  const remedy =
    type === "array"
      ? `for example, in the stack file: ${key}: [${example}]`
      : `for example: pulumi config set ${key} ${example}`;
  return { key, got, allowed, remedy };
}

/** Their values stay out of the error: a mistyped key may hold anything, a secret too. */
function unknownKeys(project: string, configuration: Configuration): Fault[] {
  const prefix = `${project}:`;
  const unknown = Object.keys(configuration)
    .filter((fullKey) => fullKey.startsWith(prefix))
    .map((fullKey) => fullKey.slice(prefix.length))
    .filter((key) => !Object.hasOwn(definitions, key));
  return unknown.map((key) => {
    const close = nearest(key, keys);
    const remove = `pulumi config rm ${prefix}${key}`;
    return {
      key: `${prefix}${key}`,
      got: "a key that no setting has",
      allowed: close === undefined ? keys.join(", ") : prefix + close,
      remedy:
        close === undefined ? remove : `did you mean ${close}? Rename it in the stack file, or: ${remove}`,
    };
  });
}
