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
  /** Undefined for what is added. */
  readonly before: Value | undefined;
  /** Undefined for what is removed; {@link UNKNOWN} for what only the deployment will tell. */
  readonly after: Value | undefined;
  /** Whether it makes another resource. */
  readonly forces: Forces;
  /** Whether it does so by the program's word alone, its option `replaceOnChanges`. */
  readonly isWanted: boolean;
  /** URNs of the resources that it is computed from and that change. */
  readonly because: readonly string[];
}

/**
 * Lists whose order AWS doesn't keep: every type of the provider that has one by this name has a set there.
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

/** What a comparison is of. */
export interface Compared {
  readonly type: string;
  /** What the state has, Check's `__defaults` included. */
  readonly before: Values;
  readonly after: Values;
  readonly replaceOnChanges: readonly string[];
  /** The resources that a property is computed from and that change, none if nobody can name them; undefined without any. */
  readonly sourcesOf: (property: string) => readonly string[] | undefined;
}

/**
 * What changes between a resource's inputs as they were and as they shall be, down to the parts of properties.
 * What isn't known, and comes from nothing that changes, is as it was.
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
    // The provider's copy of the tags, its own default tags among them.
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

/** @param isHidden - whether either lies in a secret, and has to stay one */
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
    // An asset or archive is what its hash says, wherever it lies.
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

/** Without the mark of a secret; what is not there is null. */
function bare(value: Value | undefined): Value | undefined {
  if (isSecret(value)) return bare(value["value"] ?? UNKNOWN);
  return value === null ? undefined : value;
}

const sorted = (list: readonly Value[]): string =>
  list
    .map((one) => JSON.stringify(bare(one)))
    .sort()
    .join();

/** JSON is compared by what it says, and a number with its text: the provider keeps many as texts. */
function isSameText(before: Value | undefined, after: Value | undefined): boolean {
  if (typeof before === "object" || typeof after === "object") return false;
  if (before === undefined || after === undefined) return false;
  if (String(before) === String(after)) return true;
  const [old, now] = [jsonOf(before), jsonOf(after)];
  return old !== undefined && now !== undefined && isSame(old, now);
}

/** What a text says that is a mapping or a list in JSON. */
export function jsonOf(text: Value | undefined): Value | undefined {
  if (typeof text !== "string" || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** Whether the changes make another resource: one of them does for certain. */
export function isReplaced(changes: Iterable<PropertyChange>): boolean {
  return [...changes].some((change) => change.forces === "yes");
}

/** A change that no property has, but the resource's options. */
export function optionChange(option: string, because: readonly string[]): PropertyChange {
  return { path: [option], before: undefined, after: undefined, forces: "yes", isWanted: true, because };
}
