import { newResource, type Resource } from "../engine/resource";
import { isUrn, nameOf, typeOf } from "../engine/urn";
import { messageOf } from "../errors";
import { readText } from "../project/text-file";
import { describe, isMapping, type Mapping } from "../project/yaml-file";
import { floatOfState } from "./state-floats";
import { isSecret, secret, transform, UNKNOWN, type Value, type Values } from "../values";

/**
 * The most levels of nesting in a state. The deepest values of the AWS provider, statements of WAF rules, have about
 * 60.
 */
const MOST_LEVELS = 500;

/** The largest state, in MiB: one with a few thousand resources has 30. */
const MOST_MIB = 256;

/**
 * Parses a state file. Its errors quote nothing from the file, since any part may be a secret.
 *
 * @param what - the name of the file in errors
 * @throws UsageError if it can't be read; Error if it isn't JSON or is nested too deeply
 */
export function parseExport(file: string, what: string): unknown {
  return parseDeep(readText(file, what, MOST_MIB));
}

function parseDeep(text: string): unknown {
  const content: unknown = parse(text);
  let level: unknown[] = [content];
  for (let levels = 0; level.length > 0; levels++) {
    if (levels > MOST_LEVELS) throw new Error(`it is nested more than ${MOST_LEVELS} levels deep`);
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? (Object.values(value) as unknown[]) : [],
    );
  }
  return content;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const where = /position \d+/.exec(messageOf(error))?.[0] ?? "its end";
    throw new Error(`it isn't JSON (at ${where})`);
  }
}

/** Fields of a resource that are lists of strings. */
const LISTS = ["dependencies", "ignoreChanges", "replaceOnChanges", "replaceWith", "initErrors"];

/** The faults of a resource in a state; empty if it has none. */
function faultsOf(one: unknown, index: number): string[] {
  const at = `deployment.resources[${index}]`;
  if (!isMapping(one)) return [`${at} is ${describe(one)}; it must be a mapping`];
  const { urn, inputs, outputs, propertyDependencies } = one;
  return [
    ...(typeof urn === "string" && isUrn(urn) ? [] : [`${at}.urn is ${describe(urn)}; it must be a URN`]),
    ...Object.entries({ inputs, outputs, propertyDependencies })
      .filter(([, value]) => !isMapping(value ?? {}))
      .map(([key, value]) => `${at}.${key} is ${describe(value)}; it must be a mapping`),
    ...[
      ...LISTS.map((key): [string, unknown] => [key, one[key]]),
      ...(isMapping(propertyDependencies) ? Object.entries(propertyDependencies) : []),
    ]
      .filter(([, value]) => !isListOfTexts(value ?? []))
      .map(([key, value]) => `${at}.${key} is ${describe(value)}; it must be a list of strings`),
  ];
}

const isListOfTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((element) => typeof element === "string");

/**
 * Reads a state in the format of `pulumi stack export`.
 *
 * @param state - the result of {@link parseExport}
 * @throws Error naming every fault of the state
 */
export function readExport(state: unknown): Resource[] {
  const { deployment } = isMapping(state) ? state : {};
  const { resources } = isMapping(deployment) ? deployment : {};
  if (!Array.isArray(resources)) throw new Error("it has no list deployment.resources");
  const faults = resources.flatMap(faultsOf);
  if (faults.length > 0) throw new Error(faults.join(", "));
  return (resources as readonly Mapping[]).map((one): Resource => {
    const text = (key: string): string => (typeof one[key] === "string" ? one[key] : "");
    const urn = text("urn");
    const list = (key: string): string[] => (one[key] ?? []) as string[];
    const values = (key: string): Values => opened((one[key] ?? {}) as Values) as Values;
    const { __defaults: noted, ...given } = (one["inputs"] ?? {}) as Values;
    return newResource({
      urn,
      type: typeOf(urn),
      name: nameOf(urn),
      id: text("id"),
      parent: text("parent"),
      custom: one["custom"] === true,
      external: one["external"] === true,
      protect: one["protect"] === true,
      retainOnDelete: one["retainOnDelete"] === true,
      inputs: values("inputs"),
      outputs: values("outputs"),
      provider: text("provider"),
      dependencies: list("dependencies"),
      deletedWith: text("deletedWith"),
      ignoreChanges: list("ignoreChanges"),
      replaceOnChanges: list("replaceOnChanges"),
      replaceWith: list("replaceWith"),
      initErrors: list("initErrors"),
      importId: text("importID"),
      pendingDeletion: one["delete"] === true,
      taint: one["taint"] === true,
      pendingReplacement: one["pendingReplacement"] === true,
      propertyDependencies: (one["propertyDependencies"] ?? {}) as Resource["propertyDependencies"],
      replacementTrigger: opened((one["replacementTrigger"] ?? null) as Value),
      // Before the provider wrote this note, it took every old value for a default.
      defaults: Array.isArray(noted) ? (noted as string[]) : Object.keys(given),
    });
  });
}

/** Replaces sealed secrets, which can't be opened, with unknown values. */
function opened(value: Value): Value {
  return transform(value, (part) => {
    if (!isSecret(part)) return floatOfState(part);
    const { plaintext } = part;
    if (typeof plaintext !== "string") return secret(UNKNOWN);
    try {
      return secret(parseDeep(plaintext) as Value);
    } catch (error) {
      throw new Error(`it has a secret whose plaintext is not a valid value: ${messageOf(error)}`);
    }
  });
}
