import { messageOf, UsageError } from "../errors";
import { parseKey } from "./config-keys";
import { parseGoYaml } from "./go-yaml";
import type { Project } from "./project";
import { describe, isMapping, type Mapping } from "./yaml-file";

/** A setting that replaces the stack file's own. */
export interface Setting {
  /** The full key, such as `web-store:network`. */
  readonly key: string;
  /** The path inside its value; empty for the whole value. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Reads settings such as `network.natGateways=single fleet.minSize=4`, with the paths of `pulumi config set --path`;
 * values are YAML without spaces.
 *
 * @throws UsageError naming an invalid setting
 */
export function readSettings(text: string, { name }: Pick<Project, "name">): Setting[] {
  const words = text.trim().split(/\s+/);
  return words.map((word) => {
    const [, path = "", value = ""] = /^([^=]+)=(.+)$/.exec(word) ?? [];
    const [first = "", ...rest] = path.replace(/\[(\d+)\]/g, ".$1").split(".");
    const key = parseKey(first, name);
    if (path === "" || key === undefined || [first, ...rest].includes(""))
      throw new UsageError(
        `--what-if is "${text}"; it must be settings such as "network.natGateways=single fleet.minSize=4", but "${word}" is not a setting`,
      );
    try {
      return { key, path: rest, value: parseGoYaml(value, 0) };
    } catch (error) {
      throw new UsageError(`--what-if "${word}": its value isn't valid YAML: ${messageOf(error)}`);
    }
  });
}

/**
 * Replaces settings in a stack file's configuration.
 *
 * @throws UsageError if a path leads into a value that isn't a mapping or list
 */
export function withSettings(
  config: Mapping,
  settings: readonly Setting[],
  { name }: Pick<Project, "name">,
): Mapping {
  return settings.reduce((changed, { key, path, value }) => {
    const own = Object.keys(changed).find((written) => parseKey(written, name) === key) ?? key;
    return { ...changed, [own]: replaced(changed[own], path, value, own) };
  }, config);
}

function replaced(
  container: unknown,
  [step, ...rest]: readonly string[],
  value: unknown,
  at: string,
): unknown {
  if (step === undefined) return value;
  const path = `${at}.${step}`;
  if (Array.isArray(container) && /^\d+$/.test(step) && Number(step) <= container.length)
    return container
      .slice(0, Number(step))
      .concat([replaced(container[Number(step)], rest, value, path)], container.slice(Number(step) + 1));
  if (container === undefined || container === null || isMapping(container))
    return { ...container, [step]: replaced(container?.[step], rest, value, path) };
  throw new UsageError(`--what-if sets ${path}, but ${at} is ${describe(container)}`);
}
