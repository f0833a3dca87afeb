import { isMap, isOutput, isResourceReference, isSecret, isUnknown, outputValue, secret } from "../values";
import { transform, UNKNOWN } from "../values";
import type { Value, Values } from "../values";

/**
 * Values as they pass between program, engine, provider and policy pack. The rules follow pulumi/pulumi
 * `pkg/resource/plugin/rpc.go` and `pkg/resource/deploy/source_eval.go`.
 */

/** Replaces output values with their plain, secret or unknown value; their dependencies are kept elsewhere. */
export function unwrapOutputs(values: Values): Values {
  const leaf = (value: Value): Value | undefined => {
    if (!isOutput(value)) return undefined;
    const known = value["value"];
    const plain = known === undefined ? UNKNOWN : transform(known, leaf);
    return value["secret"] === true ? secret(plain) : plain;
  };
  return transform(values, leaf) as Values;
}

/** The values for a provider that supports neither secrets nor resource references. */
export function forProvider(values: Values): Values {
  const leaf = (value: Value): Value | undefined => {
    if (isSecret(value)) return transform(value["value"] ?? null, leaf);
    return isResourceReference(value) ? flatReference(value) : undefined;
  };
  return transform(values, leaf) as Values;
}

/** The values for a policy pack: without internal keys and resource references; secrets stay marked. */
export function forPack(values: Values): Values {
  const leaf = (value: Value): Value | undefined => {
    if (isSecret(value)) return secret(transform(value["value"] ?? null, leaf));
    if (isResourceReference(value)) return flatReference(value);
    if (!isMap(value)) return undefined;
    const kept = Object.entries(value).filter(([key]) => !key.startsWith("__"));
    return Object.fromEntries(kept.map(([key, child]) => [key, transform(child, leaf)]));
  };
  return transform(values, leaf) as Values;
}

/**
 * A resource reference for a recipient that doesn't support it: the id (unknown in preview), or a component's URN.
 */
function flatReference(reference: Values): Value {
  const id = reference["id"];
  if (id === undefined || id === null) return reference["urn"] ?? null;
  return id === "" ? UNKNOWN : id;
}

/** Marks outputs as secret whose inputs were secret. */
export function annotateSecrets(outputs: Values, inputs: Values): Values {
  const result: Values = { ...outputs };
  for (const [key, input] of Object.entries(inputs)) {
    const output = result[key];
    if (output === undefined || isSecret(output)) continue;
    if (isMap(output) && isMap(input) && !isSecret(input)) result[key] = annotateSecrets(output, input);
    else if (hasSecret(input)) result[key] = secret(output);
  }
  return result;
}

/** True if the value is or holds a secret. */
export function hasSecret(value: Value): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(hasSecret);
  return isMap(value) && Object.values(value).some(hasSecret);
}

/** The URNs that the output values inside a value depend on. */
export function outputDependencies(value: Value, found: Set<string> = new Set()): Set<string> {
  if (isOutput(value)) {
    for (const urn of (value["dependencies"] ?? []) as string[]) found.add(urn);
    outputDependencies(value["value"] ?? null, found);
  } else if (Array.isArray(value)) {
    for (const element of value) outputDependencies(element, found);
  } else if (isMap(value)) {
    for (const child of Object.values(value)) outputDependencies(child, found);
  }
  return found;
}

/**
 * Secrets and unknown values as output values. Transforms receive them in this form, because the SDK turns a whole
 * mapping into a secret if it contains a plain secret.
 */
export function withOutputs(values: Values): Values {
  const leaf = (value: Value): Value | undefined =>
    isSecret(value) || isUnknown(value) ? outputValue(value, []) : undefined;
  return transform(values, leaf) as Values;
}

/** Properties as output values that carry their dependencies, the form in which transforms pass them on. */
export function withDependencies(
  values: Values,
  dependencies: Readonly<Record<string, readonly string[]>>,
): Values {
  const result: Values = { ...values };
  for (const [key, value] of Object.entries(values)) {
    const own = outputDependencies(value);
    const given = dependencies[key] ?? [];
    if (!given.every((urn) => own.has(urn))) result[key] = outputValue(value, given);
  }
  return result;
}
