import {
  isMap,
  isResourceReference,
  isSecret,
  SIGNATURE,
  transform,
  UNKNOWN,
  type Value,
  type Values,
} from "../values";

/** The text that reports show for a secret. */
export const SECRET = "[secret]";

/**
 * Values as reports show them: secrets hidden, unknown values replaced by `unknown`, references to resources by
 * their URNs, assets and archives without their signatures, the engine's own keys left out.
 */
export function plain(values: Values, unknown: Value): Values {
  const leaf = (value: Value): Value | undefined => {
    if (value === UNKNOWN) return unknown;
    if (isSecret(value)) return SECRET;
    if (isResourceReference(value)) return value["urn"] ?? null;
    if (!isMap(value)) return undefined;
    const kept = Object.entries(value).filter(([key]) => key !== SIGNATURE && !key.startsWith("__"));
    return Object.fromEntries(kept.map(([key, child]) => [key, transform(child, leaf)]));
  };
  return transform(values, leaf) as Values;
}
