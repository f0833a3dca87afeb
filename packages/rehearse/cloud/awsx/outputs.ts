import type { Values } from "../../values";
import type { Constructed } from "../types";
import type { Output } from "./output";

/** A component's outputs and their dependencies, as its provider returns them; undefined ones are left out. */
export function constructed(outputs: Readonly<Record<string, Output>>): Constructed {
  const values: Values = {};
  const dependencies: Record<string, readonly string[]> = {};
  for (const [key, output] of Object.entries(outputs)) {
    const value = output.toWire();
    if (value === undefined) continue;
    values[key] = value;
    dependencies[key] = output.dependencies;
  }
  return { outputs: values, dependencies };
}
