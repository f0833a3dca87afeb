import { newResource, type Resource } from "../engine/resource";
import { isUrn, nameOf, typeOf } from "../engine/urn";
import { messageOf } from "../errors";
import { readText } from "../project/text-file";
import { describe, isMapping, type Mapping } from "../project/yaml-file";
import { floatOfState } from "./state-floats";
import { isSecret, secret, transform, UNKNOWN, type Value, type Values } from "../values";

/** How deep a state may be nested. The deepest values of AWS's provider, statements of WAF's rules, have some 60 levels. */
const MOST_LEVELS = 500;

/** The most that a state may have, in MiB: some thousand resources have 30. */
const MOST_MIB = 256;

/**
 * Parses the file of a state. An error quotes nothing of it, as any part may be a secret.
 *
 * @param what - how an error calls the file
 * @throws UsageError if it can't be read; Error if it isn't JSON, or is nested too deeply
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

/** Fields of a resource that are lists of texts. */
const LISTS = ["dependencies", "ignoreChanges", "replaceOnChanges", "replaceWith", "initErrors"];

/** What is wrong with a resource of a state, if anything is. */
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
      .map(([key, value]) => `${at}.${key} is ${describe(value)}; it must be a list of texts`),
  ];
}

const isListOfTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((element) => typeof element === "string");

/**
 * Reads a state in the format of `pulumi stack export`.
 *
 * @param state - what {@link parseExport} gave
 * @throws Error naming every fault, if it isn't one
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
      // Before there was such a note, the provider took any old value for the default.
      defaults: Array.isArray(noted) ? (noted as string[]) : Object.keys(given),
    });
  });
}

/** Sealed secrets can't be opened: they are unknown. */
function opened(value: Value): Value {
  return transform(value, (part) => {
    if (!isSecret(part)) return floatOfState(part);
    const { plaintext } = part;
    if (typeof plaintext !== "string") return secret(UNKNOWN);
    try {
      return secret(parseDeep(plaintext) as Value);
    } catch (error) {
      throw new Error(`it has a secret whose plaintext is no value: ${messageOf(error)}`);
    }
  });
}
