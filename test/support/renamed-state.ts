/** Renames a stack's export as if another team had deployed it under other names, in another account. */
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";

import { isMap, SIGNATURE, type Value, type Values } from "../../packages/rehearse/values";

/** A resource of an export. */
interface Exported {
  readonly urn: string;
  readonly id?: string;
  readonly type: string;
  readonly parent?: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** An export. */
export interface Export {
  readonly version: number;
  readonly deployment: { readonly resources: readonly Exported[] };
}

/** Options of a renaming. */
export interface Renaming {
  /** Each seed gives different names. */
  readonly seed: string;
  /** The other account. @default the same */
  readonly account?: string;
  /** Whether names that the program sets, such as an alarm's, change as well. @default false */
  readonly givenNames?: boolean;
}

/** The properties for names that a program may set. */
const GIVEN = /^(name|alarmName|bucket|dashboardName|scheduledActionName)$/;

/** An export under other names. */
export interface Renamed {
  readonly state: Export;
  /** The new URN of each former URN. */
  readonly urns: ReadonlyMap<string, string>;
}

/** Renames everything that Pulumi or AWS named: URNs, IDs, ARNs, generated names, the account, and the hosted zone. */
export function renamed(state: Export, { seed, account, givenNames = false }: Renaming): Renamed {
  const { resources } = state.deployment;
  const anew = (text: string): string => createHash("sha256").update(`${seed} ${text}`).digest("hex");
  const words = new Map<string, string>(account === undefined ? [] : [["123456789012", account]]);
  for (const { id = "", inputs = {}, outputs = {}, propertyDependencies = {}, type } of resources) {
    const made = Array.isArray(inputs["__defaults"]) ? (inputs["__defaults"] as string[]) : [];
    const literals = Object.entries(inputs).filter(
      ([key]) => !made.includes(key) && (propertyDependencies[key] ?? []).length === 0,
    );
    for (const [key, value] of Object.entries(inputs)) {
      if (typeof value !== "string" || type.startsWith("pulumi:")) continue;
      const isGiven = givenNames && GIVEN.test(key) && literals.some(([literal]) => literal === key);
      if (made.includes(key) || (isGiven && !/route53\/record|^.*ObjectV?2?$/.test(type)))
        words.set(value, `${anew(value).slice(0, 8)}-${key}`.toLowerCase());
      if (key === "zoneId" && literals.some(([literal]) => literal === key))
        words.set(
          value,
          `Z${anew(value)
            .slice(0, value.length - 1)
            .toUpperCase()}`,
        );
    }
    for (const text of [id, outputs["arn"]]) {
      if (typeof text !== "string") continue;
      for (const [word] of text.matchAll(/\b(?=\d*[a-f])[0-9a-f]{7,}\b/g))
        if (!literals.some(([, value]) => JSON.stringify(value).includes(word)))
          words.set(word, anew(word).slice(0, word.length));
    }
  }
  const longest = [...words.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    longest.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"),
    "g",
  );
  const rename = (text: string): string => text.replace(pattern, (word) => words.get(word) ?? word);
  const renameIn = (value: Value): Value => {
    if (typeof value === "string") return unpacked(value, rename);
    if (Array.isArray(value)) return value.map(renameIn);
    if (!isMap(value) || SIGNATURE in value) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, key === "__defaults" ? child : renameIn(child)]),
    );
  };
  const urns = new Map(
    resources.map(({ urn, type }) => {
      const [, stack = "", , qualified = ""] = /^urn:pulumi:([^:]+)::([^:]+)::(.+?)::/.exec(urn) ?? [];
      const isOwn = type.startsWith("pulumi:providers:");
      return [
        urn,
        isOwn ? urn : `urn:pulumi:${stack}-then::other::${qualified}::r-${anew(urn).slice(0, 12)}`,
      ];
    }),
  );
  const renameUrn = (text: string): string => urns.get(text) ?? text;
  const deployment = {
    ...state.deployment,
    resources: resources.map((one): Exported => {
      const { id, parent, propertyDependencies: _, ...rest } = one;
      return {
        ...rest,
        urn: renameUrn(one.urn),
        ...(id === undefined || one.type.startsWith("pulumi:") ? { id: id ?? "" } : { id: rename(id) }),
        ...(parent === undefined ? {} : { parent: renameUrn(parent) }),
        inputs: renameIn(one.inputs ?? {}) as Values,
        outputs: renameIn(one.outputs ?? {}) as Values,
      };
    }),
  };
  return { state: { ...state, deployment }, urns };
}

/** Changes a text, including text inside compressed user data. */
function unpacked(text: string, change: (text: string) => string): string {
  if (text.length < 64 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return change(text);
  const bytes = Buffer.from(text, "base64");
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = (isPacked ? gunzipSync(bytes) : bytes).toString("utf8");
  const changed = Buffer.from(change(plain));
  return (isPacked ? gzipSync(changed, { level: 9 }) : changed).toString("base64");
}
