import { contains, isOutput, isSecret, secret, transform, type Value, type Values } from "../../values";
import { fromWire, type Input, type InputMap } from "./output";

/**
 * A component's arguments as the SDK passes them to its provider. A null argument counts as missing.
 *
 * @param inputs - the component's inputs in wire form
 */
export function readArguments(inputs: Values): InputMap {
  return present(
    Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, readArgument(value)])),
  );
}

/**
 * One argument: a secret anywhere inside makes the whole argument a secret output.
 * Source: pulumi/pulumi `sdk/nodejs/runtime/rpc.ts`, `deserializeProperty`.
 */
function readArgument(value: Value): Input {
  if (isOutput(value) || !contains(value, isSecret)) return fromWire(value);
  const open = transform(value, (part) => (isSecret(part) ? (part["value"] ?? null) : undefined));
  return fromWire(secret(open));
}

/** Removes null arguments. */
export function present(inputs: InputMap): InputMap {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null));
}

/**
 * Finds which of some arguments are given, of which at most one may be.
 *
 * @throws Error if more than one is
 */
export function atMostOne(
  given: InputMap,
  component: string,
  ...names: readonly string[]
): string | undefined {
  const found = names.filter((name) => given[name] !== undefined);
  if (found.length > 1)
    throw new Error(`${component} was given ${found.join(" and ")}: give only one of ${names.join(", ")}.`);
  return found[0];
}
