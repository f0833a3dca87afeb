import {
  containsUnknown,
  isMap,
  isSecret,
  secret,
  SIGNATURE,
  UNKNOWN,
  type Value,
  type Values,
} from "../values";
import { type Forces, forces } from "./replacement";
import { containsPath, parsePath, type Path } from "./paths";

/** A property, or a part of one, that changes. */
export interface PropertyChange {
  readonly path: Path;
  /** Undefined if the property is added. */
  readonly before: Value | undefined;
  /** Undefined if the property is removed; {@link UNKNOWN} if the value is known only after deployment. */
  readonly after: Value | undefined;
  /** Whether the change replaces the resource. */
  readonly forces: Forces;
  /** Whether only the program wants the replacement, with its option `replaceOnChanges`. */
  readonly isWanted: boolean;
  /** URNs of the changed resources that the property is computed from. */
  readonly because: readonly string[];
}

/**
 * Lists whose order AWS doesn't keep: in the provider, every property of this name is a set.
 * Source: `schema.TypeSet` in hashicorp/terraform-provider-aws `internal/service`.
 */
const SETS = new Set([
  "alarmActions",
  "okActions",
  "insufficientDataActions",
  "enabledMetrics",
  "suspendedProcesses",
  "securityGroups",
  "securityGroupIds",
  "vpcSecurityGroupIds",
  "vpcZoneIdentifiers",
  "targetGroupArns",
  "subnets",
  "subnetIds",
  "routeTableIds",
  "records",
  "subjectAlternativeNames",
]);

/** The two sides of a comparison. */
export interface Compared {
  readonly type: string;
  /** The inputs in the state, including Check's `__defaults`. */
  readonly before: Values;
  readonly after: Values;
  readonly replaceOnChanges: readonly string[];
  /**
   * The changed resources that a property is computed from; empty if they can't be named; undefined if none changes.
   */
  readonly sourcesOf: (property: string) => readonly string[] | undefined;
}

/**
 * Compares a resource's old and new inputs, down to the parts of properties. An unknown value that depends on nothing
 * that changes counts as unchanged.
 */
export function changesOf({
  type,
  before,
  after,
  replaceOnChanges,
  sourcesOf,
}: Compared): readonly PropertyChange[] {
  const paths = replaceOnChanges.flatMap((text) => {
    const path = parsePath(text);
    return path === undefined ? [] : [path];
  });
  return differences([], before, after).flatMap(({ path, before: old, after: now }): PropertyChange[] => {
    const property = String(path[0]);
    // The provider's copy of the tags, which includes its own default tags.
    if (property === "tagsAll" && (before["tagsAll"] === undefined || !isSame(before["tags"], after["tags"])))
      return [];
    const isOpen = containsUnknown(now ?? null);
    const because = isOpen ? sourcesOf(property) : [];
    if (because === undefined) return [];
    const own = forces(type, property, after);
    const isWanted = own !== "yes" && paths.some((one) => containsPath(one, path));
    return [{ path, before: old, after: now, forces: isWanted ? "yes" : own, isWanted, because }];
  });
}

/** A place at which two values differ. */
export type Difference = Pick<PropertyChange, "path" | "before" | "after">;

const isSame = (before: Value | undefined, after: Value | undefined): boolean =>
  differences([], before, after).length === 0;

/** @param isHidden - whether either value is inside a secret and must stay hidden */
export function differences(
  path: Path,
  before: Value | undefined,
  after: Value | undefined,
  isHidden = false,
): Difference[] {
  const [old, now] = [bare(before), bare(after)];
  if (old === now || old === UNKNOWN) return [];
  const hides = isHidden || isSecret(before) || isSecret(after);
  const kept = (value: Value | undefined) => (hides && value !== undefined ? secret(value) : value);
  const changed: Difference[] = [{ path, before: kept(old), after: kept(now) }];
  if (isMap(old) && isMap(now)) {
    // An asset or archive is identified by its hash, wherever its file is.
    if (SIGNATURE in old || SIGNATURE in now)
      return (old["hash"] ?? JSON.stringify(old)) === (now["hash"] ?? JSON.stringify(now)) ? [] : changed;
    const names = new Set([...Object.keys(old), ...Object.keys(now)]);
    const filledIn = Array.isArray(old["__defaults"]) ? old["__defaults"] : [];
    return [...names]
      .filter((name) => !name.startsWith("__") && !(now[name] === undefined && filledIn.includes(name)))
      .flatMap((name) => differences([...path, name], old[name], now[name], hides));
  }
  if (Array.isArray(old) && Array.isArray(now)) {
    if (SETS.has(String(path.at(-1)))) return sorted(old) === sorted(now) ? [] : changed;
    return Array.from({ length: Math.max(old.length, now.length) }, (_, index) =>
      differences([...path, index], old[index], now[index], hides),
    ).flat();
  }
  return isSameText(old, now) ? [] : changed;
}

/** Removes the secret mark; a missing value becomes null. */
function bare(value: Value | undefined): Value | undefined {
  if (isSecret(value)) return bare(value["value"] ?? UNKNOWN);
  return value === null ? undefined : value;
}

const sorted = (list: readonly Value[]): string =>
  list
    .map((one) => JSON.stringify(bare(one)))
    .sort()
    .join();

/** Compares JSON by its content, and a number with its text: the provider keeps many numbers as strings. */
function isSameText(before: Value | undefined, after: Value | undefined): boolean {
  if (typeof before === "object" || typeof after === "object") return false;
  if (before === undefined || after === undefined) return false;
  if (String(before) === String(after)) return true;
  const [old, now] = [jsonOf(before), jsonOf(after)];
  return old !== undefined && now !== undefined && isSame(old, now);
}

/** The mapping or list that a text contains as JSON. */
export function jsonOf(text: Value | undefined): Value | undefined {
  if (typeof text !== "string" || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** Whether the changes replace the resource: at least one of them certainly does. */
export function isReplaced(changes: Iterable<PropertyChange>): boolean {
  return [...changes].some((change) => change.forces === "yes");
}

/** A change of one of the resource's options rather than of a property. */
export function optionChange(option: string, because: readonly string[]): PropertyChange {
  return { path: [option], before: undefined, after: undefined, forces: "yes", isWanted: true, because };
}
