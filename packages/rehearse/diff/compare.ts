import { isDeepStrictEqual } from "node:util";

import type { Finding } from "../engine/diagnostics";
import { isMap, type Value, type Values } from "../values";
import { type Forces, forces } from "./cloudformation";

/** A resource as it was, or shall be. */
export interface Snapshot {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  /** Whether it is read and not managed. */
  readonly external: boolean;
  readonly inputs: Values;
  readonly outputs: Values;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** @default none; of the resource as it was, it says nothing */
  readonly replaceOnChanges?: readonly string[];
  /** @default none; of the resource as it was, it says nothing */
  readonly replaceWith?: readonly string[];
}

/** A property that changes. */
export interface PropertyChange {
  readonly property: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  /** Whether it makes another resource. */
  readonly forces: Forces;
  /** The replaced resources that it is computed from, if it changes for that alone. */
  readonly because: readonly string[];
}

/** A resource that stays, or is replaced. */
export interface ResourceChange {
  readonly urn: string;
  readonly type: string;
  readonly changes: readonly PropertyChange[];
}

/** What a change would do to a stack. */
export interface StackDiff {
  readonly create: readonly Snapshot[];
  readonly delete: readonly Snapshot[];
  readonly update: readonly ResourceChange[];
  readonly replace: readonly ResourceChange[];
  readonly findings: {
    readonly added: readonly Finding[];
    readonly fixed: readonly Finding[];
    readonly unchanged: readonly Finding[];
  };
}

/** The outputs that AWS makes anew for a new resource. */
const IDENTIFIERS = ["id", "arn", "arnSuffix", "dnsName", "name", "bucket"];

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** What the provider computes for a resource, by itself. */
const COMPUTED = new Set(["tagsAll"]);

/** Compares two graphs of a stack. */
export function compare(
  before: { readonly resources: readonly Snapshot[]; readonly findings: readonly Finding[] },
  after: { readonly resources: readonly Snapshot[]; readonly findings: readonly Finding[] },
): StackDiff {
  const was = managed(before.resources);
  const is = managed(after.resources);
  const changed = new Map<string, Map<string, PropertyChange>>();
  for (const [urn, resource] of is) {
    const old = was.get(urn);
    if (old !== undefined) changed.set(urn, changesOf(old, resource));
  }
  followReplacements(is, changed);
  const changes = [...changed]
    .filter(([, properties]) => properties.size > 0)
    .map(([urn, properties]): ResourceChange => {
      const sorted = [...properties.values()].sort((a, b) => (a.property < b.property ? -1 : 1));
      return { urn, type: is.get(urn)?.type ?? "", changes: sorted };
    });
  return {
    create: [...is.values()].filter(({ urn }) => !was.has(urn)),
    delete: [...was.values()].filter(({ urn }) => !is.has(urn)),
    update: changes.filter((change) => !isReplaced(change.changes)),
    replace: changes.filter((change) => isReplaced(change.changes)),
    findings: compareFindings(before.findings, after.findings),
  };
}

/** Whether the changes make another resource: one of them does for certain. */
export function isReplaced(changes: Iterable<PropertyChange>): boolean {
  return [...changes].some((change) => change.forces === "yes");
}

/** Components are this program's own affair, providers the engine's. */
function managed(resources: readonly Snapshot[]): Map<string, Snapshot> {
  const shown = resources.filter(
    ({ custom, external, type }) => custom && !external && !type.startsWith("pulumi:providers:"),
  );
  return new Map(shown.map((resource) => [resource.urn, resource]));
}

function changesOf(before: Snapshot, after: Snapshot): Map<string, PropertyChange> {
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  const changes = [...names].flatMap((property): [string, PropertyChange][] => {
    const [old, now] = [before.inputs[property], after.inputs[property]];
    if (COMPUTED.has(property) || isSame(old, now)) return [];
    return [
      [property, { property, before: old, after: now, forces: forcesIn(after, property), because: [] }],
    ];
  });
  return new Map(changes);
}

/** The program's own word counts before the provider's; of a part of a property (`a.b`), it is the provider's that counts. */
function forcesIn({ type, replaceOnChanges = [] }: Snapshot, property: string): Forces {
  return replaceOnChanges.some((one) => one === property || one === "*") ? "yes" : forces(type, property);
}

/** What a preview doesn't know may be what it was. Of a name that Pulumi made, the random end says nothing. */
function isSame(before: Value | undefined, after: Value | undefined): boolean {
  if (isUnknown(after) || isUnknown(before)) return before !== undefined && after !== undefined;
  if (typeof before === "string" && typeof after === "string") {
    const made = /-[0-9a-f]{7}(?=$|["/])/g;
    return before === after || before.replace(made, "-#") === after.replace(made, "-#");
  }
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length && before.every((one, index) => isSame(one, after[index]));
  if (isMap(before) && isMap(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    keys.delete("__defaults");
    return [...keys].every((key) => isSame(before[key], after[key]));
  }
  return isDeepStrictEqual(before, after);
}

function isUnknown(value: Value | undefined): boolean {
  return isMap(value) && value["unknown"] === true && Object.keys(value).length === 1;
}

function holdsUnknown(value: Value | undefined): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isMap(value) && Object.values(value).some(holdsUnknown);
}

/** What stands for the option among the properties that change. */
const REPLACE_WITH = "replaceWith";

/**
 * A replaced resource has another id, and all that is computed from it changes, which may replace more. So does what is
 * replaced with it.
 */
function followReplacements(
  is: ReadonlyMap<string, Snapshot>,
  changed: ReadonlyMap<string, Map<string, PropertyChange>>,
): void {
  for (let found = true; found;) {
    found = false;
    for (const [urn, properties] of changed) {
      const resource = is.get(urn);
      if (resource === undefined) continue;
      const replaced = (resource.replaceWith ?? []).filter((urn) =>
        isReplaced(changed.get(urn)?.values() ?? []),
      );
      if (replaced.length > 0 && !properties.has(REPLACE_WITH)) {
        const nothing = { before: undefined, after: undefined };
        properties.set(REPLACE_WITH, {
          property: REPLACE_WITH,
          ...nothing,
          forces: "yes",
          because: replaced,
        });
        found = true;
      }
      for (const [property, sources] of Object.entries(resource.propertyDependencies)) {
        if (properties.has(property)) continue;
        const because = sources.filter((source) =>
          passesOn(is.get(source), changed.get(source), resource.inputs[property]),
        );
        if (because.length === 0) continue;
        const value = resource.inputs[property];
        properties.set(property, {
          ...{ property, before: value, after: value, because },
          forces: forcesIn(resource, property),
        });
        found = true;
      }
    }
  }
}

function passesOn(
  source: Snapshot | undefined,
  changes: ReadonlyMap<string, PropertyChange> | undefined,
  value: Value | undefined,
): boolean {
  if (source === undefined || changes === undefined || changes.size === 0) return false;
  // Each change of a launch template is a new version of it.
  if (source.type === LAUNCH_TEMPLATE) return true;
  if (!isReplaced(changes.values())) return false;
  if (holdsUnknown(value)) return true;
  const text = JSON.stringify(value ?? null);
  return IDENTIFIERS.some((output) => {
    const part = source.outputs[output];
    return typeof part === "string" && part !== "" && text.includes(JSON.stringify(part).slice(1, -1));
  });
}

function compareFindings(before: readonly Finding[], after: readonly Finding[]): StackDiff["findings"] {
  const keyOf = ({ pack, policy, urn, message }: Finding): string => [pack, policy, urn, message].join("\n");
  const was = new Set(before.map(keyOf));
  const is = new Set(after.map(keyOf));
  return {
    added: after.filter((finding) => !was.has(keyOf(finding))),
    fixed: before.filter((finding) => !is.has(keyOf(finding))),
    unchanged: after.filter((finding) => was.has(keyOf(finding))),
  };
}
