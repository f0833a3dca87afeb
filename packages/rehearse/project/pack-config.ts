import type { Ajv, ValidateFunction } from "ajv";
import { whatThereIs } from "../cli/nearest";
import { RehearsalError, refuseIfFaulty } from "../errors";
import type { Value, Values } from "../values";
import { describe, isMapping, readJson } from "./yaml-file";

/** How strictly a policy is meant. */
export const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;
export type Level = (typeof LEVELS)[number];

/** A policy's level and properties, as a configuration file or the pack itself sets them. */
export interface PolicyConfig {
  readonly level: Level | undefined;
  readonly properties: Values;
}

/** A policy pack's folder and its settings, read before anything is started. */
export interface PackFiles {
  /** As the user named it, for messages. */
  readonly label: string;
  readonly dir: string;
  /** Overrides package.json's version; empty if PulumiPolicy.yaml has none. */
  readonly version: string;
  readonly config: ReadonlyMap<string, PolicyConfig>;
  /**
   * Whether the configuration may name policies and properties that the pack doesn't have, as a pack and a configuration
   * of different commits do.
   * @default false
   */
  readonly ignoresUnknown?: boolean;
}

/**
 * Reads a `--policy-pack-config` file: by policy name (or `all`) a level, or an object with `enforcementLevel` and
 * the policy's own properties.
 * Source: pulumi/pulumi `pkg/resource/analyzer/config.go`.
 * @throws UsageError naming every fault.
 */
export function readPackConfig(file: string): Map<string, PolicyConfig> {
  const faults: string[] = [];
  const config = new Map<string, PolicyConfig>();
  for (const [policy, given] of Object.entries(readJson(file, "policy pack configuration"))) {
    if (typeof given !== "string" && !isMapping(given)) {
      faults.push(`${policy} is ${describe(given)}; it must be a level (${LEVELS.join(", ")}) or an object`);
      continue;
    }
    const { enforcementLevel, ...properties } =
      typeof given === "string" ? { enforcementLevel: given } : given;
    if (enforcementLevel !== undefined && !LEVELS.includes(enforcementLevel as Level)) {
      faults.push(
        `${policy} has the level ${JSON.stringify(enforcementLevel)}; it must be one of ${LEVELS.join(", ")}`,
      );
    }
    config.set(policy, { level: enforcementLevel as Level | undefined, properties: properties as Values });
  }
  refuseIfFaulty(`policy pack configuration ${file}`, faults);
  return config;
}

/** What a pack says of one of its policies. */
export interface PolicyInfo {
  readonly name: string;
  readonly level: Level;
  /** Empty if the pack gives none, like the three that follow. */
  readonly title: string;
  readonly description: string;
  readonly remedy: string;
  /** The page about it. */
  readonly url: string;
  /** How bad it is to break it; undefined if the pack doesn't say. */
  readonly severity?: "low" | "medium" | "high" | "critical" | undefined;
  /** What it answers of a published framework; undefined if the pack names none. */
  readonly framework?: Framework | undefined;
  /** JSON Schema of each property; a `default` fills it in. */
  readonly properties: Readonly<Record<string, Value>>;
  readonly required: readonly string[];
}

/**
 * What a policy answers of a framework, in the pack's own words.
 * Source: `PolicyComplianceFramework` of pulumi/pulumi `proto/pulumi/analyzer.proto`.
 */
export interface Framework {
  readonly name: string;
  readonly version: string;
  /** The requirement, such as `ELB.1`; several have commas between them. */
  readonly reference: string;
  /** More about it, in any form. */
  readonly specification: string;
}

/** The configuration in force, by policy: the pack's own, then `all`, then the policy's. */
export function reconcile(
  policies: readonly PolicyInfo[],
  layers: readonly ReadonlyMap<string, PolicyConfig>[],
): Map<string, { level: Level; properties: Values }> {
  const result = new Map<string, { level: Level; properties: Values }>();
  for (const policy of policies) {
    const properties: Values = {};
    for (const [name, schema] of Object.entries(policy.properties)) {
      const fallback = defaultOf(schema);
      if (fallback !== undefined) properties[name] = fallback;
    }
    let level = policy.level;
    for (const layer of layers) {
      const given = layer.get(policy.name);
      level = given?.level ?? layer.get("all")?.level ?? level;
      Object.assign(properties, given?.properties);
    }
    result.set(policy.name, { level, properties });
  }
  return result;
}

function defaultOf(schema: Value | undefined): Value | undefined {
  return isMapping(schema) ? schema["default"] : undefined;
}

/**
 * What a pack is configured with must name its policies and their properties, fit their schemas, and leave something to
 * judge by.
 * @throws RehearsalError if no policy is enabled.
 * @throws UsageError naming every name that doesn't exist and every value that doesn't fit.
 */
export function checkPackConfig(
  { label, config, ignoresUnknown }: Pick<PackFiles, "label" | "config" | "ignoresUnknown">,
  policies: readonly PolicyInfo[],
  effective: ReadonlyMap<string, { level: Level; properties: Values }>,
): void {
  if (![...effective.values()].some(({ level }) => level !== "disabled")) {
    const why =
      policies.length === 0 ? "it has no policies" : `all of its ${policies.length} policies are disabled`;
    throw new RehearsalError(
      `policy pack ${label} evaluated nothing: ${why}. A pack that judges nothing lets everything through; enable a policy`,
    );
  }
  const faults = ignoresUnknown === true ? [] : unknownNames(policies, config);
  for (const { name, properties, required } of policies) {
    const given = effective.get(name)?.properties ?? {};
    // What is at its default is as the pack wants it, and the checker takes long to load.
    const isDefault = ([key, value]: [string, Value]): boolean => value === defaultOf(properties[key]);
    if (Object.entries(given).every(isDefault) && required.every((key) => key in given)) continue;
    const validate = validatorOf({ type: "object", properties, required });
    if (validate(given)) continue;
    for (const { instancePath, message } of validate.errors ?? []) {
      faults.push(`${name}: ${instancePath.slice(1).replaceAll("/", ".") || "(root)"} ${message}`);
    }
  }
  refuseIfFaulty(`configuration of policy pack ${label} is invalid`, faults);
}

const validators = new Map<string, ValidateFunction>();
let ajv: Ajv | undefined;

/** A schema's validator, made once: each stack's pack has the same schemas. */
function validatorOf(schema: object): ValidateFunction {
  // No import(): V8's code of this program could not be kept.
  ajv ??= new (require("ajv") as typeof import("ajv")).Ajv({ allErrors: true, strict: false });
  const text = JSON.stringify(schema);
  const validate = validators.get(text) ?? ajv.compile(schema);
  validators.set(text, validate);
  return validate;
}

/** The CLI passes over them, and nobody notices that a policy isn't configured. */
function unknownNames(policies: readonly PolicyInfo[], config: ReadonlyMap<string, PolicyConfig>): string[] {
  const names = policies.map(({ name }) => name).sort();
  return [...config].flatMap(([policy, given]) => {
    if (policy === "all") return [];
    const known = policies.find(({ name }) => name === policy);
    if (known === undefined)
      return [`there is no policy "${policy}"; ${whatThereIs(policy, "policies", names)}`];
    // A policy without a schema takes what it is given.
    const properties = Object.keys(known.properties).sort();
    if (properties.length === 0) return [];
    return Object.keys(given.properties)
      .filter((property) => !properties.includes(property))
      .map(
        (property) =>
          `${policy} has no property "${property}"; ${whatThereIs(property, "properties of this policy", properties)}`,
      );
  });
}
