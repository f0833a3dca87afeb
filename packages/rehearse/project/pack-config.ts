import type { Ajv, ValidateFunction } from "ajv";
import { whatThereIs } from "../cli/nearest";
import { RehearsalError, refuseIfFaulty } from "../errors";
import type { Value, Values } from "../values";
import { describe, isMapping, readJson } from "./yaml-file";

/** The enforcement levels of a policy. */
export const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;
export type Level = (typeof LEVELS)[number];

/** A policy's level and properties, from a configuration file or from the pack itself. */
export interface PolicyConfig {
  readonly level: Level | undefined;
  readonly properties: Values;
}

/** A policy pack's folder and settings, read before any process starts. */
export interface PackFiles {
  /** The name that the user gave, for messages. */
  readonly label: string;
  readonly dir: string;
  /** The version, which overrides that of package.json; empty if PulumiPolicy.yaml has none. */
  readonly version: string;
  readonly config: ReadonlyMap<string, PolicyConfig>;
  /**
   * Whether the configuration may name policies and properties that the pack doesn't have, which happens if the pack
   * and the configuration are from different commits.
   * @default false
   */
  readonly ignoresUnknown?: boolean;
}

/**
 * Reads a `--policy-pack-config` file: for each policy (or `all`) a level, or an object with `enforcementLevel` and
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

/** A policy as its pack describes it. */
export interface PolicyInfo {
  readonly name: string;
  readonly level: Level;
  /** Empty if the pack gives none, as are the next three. */
  readonly title: string;
  readonly description: string;
  readonly remedy: string;
  /** The documentation page. */
  readonly url: string;
  /** The severity of a violation; undefined if the pack gives none. */
  readonly severity?: "low" | "medium" | "high" | "critical" | undefined;
  /** The framework requirement that it covers; undefined if the pack names none. */
  readonly framework?: Framework | undefined;
  /** The JSON Schema of each property, with its `default`. */
  readonly properties: Readonly<Record<string, Value>>;
  readonly required: readonly string[];
}

/**
 * How a policy covers a framework, in the pack's own words.
 * Source: `PolicyComplianceFramework` of pulumi/pulumi `proto/pulumi/analyzer.proto`.
 */
export interface Framework {
  readonly name: string;
  readonly version: string;
  /** The requirement, such as `ELB.1`; several are separated by commas. */
  readonly reference: string;
  /** Further information in any form. */
  readonly specification: string;
}

/** The effective configuration of each policy: the pack's own, overridden by `all`, overridden by the policy's. */
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
 * Checks that a pack's configuration names existing policies and properties, fits their schemas, and leaves a policy
 * enabled.
 * @throws RehearsalError if no policy is enabled.
 * @throws UsageError naming every unknown name and every value that doesn't fit.
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
      `policy pack ${label} evaluated nothing: ${why}. Without an enabled policy everything passes; enable one`,
    );
  }
  const faults = ignoresUnknown === true ? [] : unknownNames(policies, config);
  for (const { name, properties, required } of policies) {
    const given = effective.get(name)?.properties ?? {};
    // Defaults are valid, and the validator takes long to load.
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

/** The validator of a schema, created once: the packs of all stacks have the same schemas. */
function validatorOf(schema: object): ValidateFunction {
  // Not import(): it would prevent the caching of this program's V8 code.
  ajv ??= new (require("ajv") as typeof import("ajv")).Ajv({ allErrors: true, strict: false });
  const text = JSON.stringify(schema);
  const validate = validators.get(text) ?? ajv.compile(schema);
  validators.set(text, validate);
  return validate;
}

/** Unknown names. The CLI ignores them silently, so that a policy stays unconfigured unnoticed. */
function unknownNames(policies: readonly PolicyInfo[], config: ReadonlyMap<string, PolicyConfig>): string[] {
  const names = policies.map(({ name }) => name).sort();
  return [...config].flatMap(([policy, given]) => {
    if (policy === "all") return [];
    const known = policies.find(({ name }) => name === policy);
    if (known === undefined)
      return [`there is no policy "${policy}"; ${whatThereIs(policy, "policies", names)}`];
    // A policy without a schema accepts any properties.
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
