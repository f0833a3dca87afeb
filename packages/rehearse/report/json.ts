import type { JsonCost, ToldCost } from "../cost/told";
import type { Finding } from "../engine/diagnostics";
import { nameOf, typeOf } from "../engine/urn";
import type { JsonPeak, ToldPeak } from "../peak/told";
import type { Rehearsal } from "../rehearsal";
import { UNKNOWN, type Values } from "../values";
import { plain } from "./plain";

/** `--json`'s summary of a comparison: all lists are always there. */
export interface JsonDiff {
  readonly create: readonly string[];
  readonly delete: readonly string[];
  readonly update: readonly { readonly urn: string; readonly properties: readonly string[] }[];
  /** `deletesFirst`: whether the old one is deleted before there is a new one. */
  readonly replace: readonly {
    readonly urn: string;
    readonly properties: readonly string[];
    readonly deletesFirst: boolean;
  }[];
  /** What the option `import` takes over as it is. */
  readonly import: readonly string[];
  /** What the option `retainOnDelete` keeps, though it is the stack's no longer. */
  readonly forget: readonly string[];
  /** What the program reads from now on, by another id, and that is deleted for it. */
  readonly release: readonly string[];
  /** What an alias found under another URN. */
  readonly rename: readonly { readonly from: string; readonly to: string }[];
  /** Why Pulumi refuses the plan. */
  readonly refused: readonly { readonly urn: string; readonly message: string }[];
  /** What AWS would not do, or what would be lost on the way, though Pulumi plans it. `other` is the other resource's URN. */
  readonly hazards: readonly {
    readonly urn: string;
    readonly kind: "collides" | "in-use" | "detached";
    readonly other: string;
    readonly message: string;
  }[];
}

/** One resource of `--json`. An unknown value is `{"unknown":true}`, a secret `"[secret]"`. */
export interface JsonResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Empty only for the root stack and default providers. */
  readonly parent: string;
  readonly custom: boolean;
  readonly inputs: Values;
  readonly outputs: Values;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** The properties whose change the program wants to replace it, whatever the provider says; left out if there are none. */
  readonly replaceOnChanges?: readonly string[];
  /** URNs of the resources with which it is replaced; left out if there are none. */
  readonly replaceWith?: readonly string[];
}

/** One stack in one mode. */
export interface JsonStack {
  readonly stack: string;
  readonly mode: "preview" | "up";
  readonly resources: readonly JsonResource[];
  readonly findings: readonly Finding[];
  /** The remote components whose children no policy saw; `allowed` tells whether their type is. */
  readonly unjudged: readonly JsonUnjudged[];
  readonly outputs: Values;
  /** What it costs a month. */
  readonly cost?: JsonCost;
  /** How its groups carry their peak, with `--peak`. */
  readonly peak?: JsonPeak;
  /** What changes, with `--against`. */
  readonly diff?: JsonDiff;
}

/** A remote component whose children the rehearsal doesn't know. */
export interface JsonUnjudged extends Pick<JsonResource, "urn" | "type" | "name"> {
  readonly allowed: boolean;
}

const UNKNOWN_JSON: Values = { unknown: true };

/**
 * What `--json` prints.
 *
 * @param costs - what each costs
 * @param peaks - how the groups of each carry their peak, with `--peak`
 * @param diffs - for each rehearsal what changes, with `--against`
 */
export function toJson(
  rehearsals: readonly Rehearsal[],
  costs: ReadonlyMap<Rehearsal, ToldCost>,
  peaks: ReadonlyMap<Rehearsal, ToldPeak>,
  diffs?: readonly JsonDiff[],
): { readonly stacks: readonly JsonStack[] } {
  return {
    stacks: rehearsals.map((rehearsal, index) => ({
      ...stackJson(rehearsal),
      ...costJson(costs.get(rehearsal)),
      ...peakJson(peaks.get(rehearsal)),
      ...(diffs?.[index] === undefined ? {} : { diff: diffs[index] }),
    })),
  };
}

function costJson(cost: ToldCost | undefined): Pick<JsonStack, "cost"> {
  return cost === undefined ? {} : { cost: cost.json };
}

function peakJson(peak: ToldPeak | undefined): Pick<JsonStack, "peak"> {
  return peak === undefined ? {} : { peak: peak.json };
}

function stackJson({ stack, mode, resources, findings, unjudged, outputs }: Rehearsal): JsonStack {
  return {
    stack,
    mode,
    resources: resources.map((resource) => ({
      urn: resource.urn,
      type: resource.type,
      name: resource.name,
      parent: resource.parent,
      custom: resource.custom,
      inputs: plain(resource.inputs, UNKNOWN_JSON),
      outputs: plain(withId(resource.id, resource.outputs), UNKNOWN_JSON),
      dependencies: resource.dependencies,
      propertyDependencies: resource.propertyDependencies,
      ...(resource.replaceOnChanges.length > 0 ? { replaceOnChanges: resource.replaceOnChanges } : {}),
      ...(resource.replaceWith.length > 0 ? { replaceWith: resource.replaceWith } : {}),
    })),
    findings,
    unjudged: unjudged.map(({ urn, allowed }) => ({ urn, type: typeOf(urn), name: nameOf(urn), allowed })),
    outputs: plain(outputs, UNKNOWN_JSON),
  };
}

/**
 * What `--json` prints in place of that where a rehearsal failed.
 *
 * @param failed - those that did
 */
export function toJsonError(failed: readonly Rehearsal[]): { readonly error: string } {
  const errors = failed.flatMap(({ stack, mode, diagnostics }) =>
    diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ message, urn }) => `${stack} (${mode}): ${urn === "" ? "" : `${urn}: `}${message}`),
  );
  return { error: errors.join("\n") };
}

/** A custom resource's id is the first thing a reader of its outputs looks for. */
function withId(id: string, outputs: Values): Values {
  return id === "" ? outputs : { id: id || UNKNOWN, ...outputs };
}
