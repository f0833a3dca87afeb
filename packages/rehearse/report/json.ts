import type { JsonCost, ToldCost } from "../cost/told";
import type { Finding } from "../engine/diagnostics";
import { nameOf, typeOf } from "../engine/urn";
import type { JsonPeak, ToldPeak } from "../peak/told";
import type { Rehearsal } from "../rehearsal";
import { UNKNOWN, type Values } from "../values";
import { plain } from "./plain";

/** The comparison in `--json`: every list is present, even if empty. */
export interface JsonDiff {
  readonly create: readonly string[];
  readonly delete: readonly string[];
  readonly update: readonly { readonly urn: string; readonly properties: readonly string[] }[];
  /** `deletesFirst`: whether the old resource is deleted before the new one is created. */
  readonly replace: readonly {
    readonly urn: string;
    readonly properties: readonly string[];
    readonly deletesFirst: boolean;
  }[];
  /** Existing resources that the option `import` adopts. */
  readonly import: readonly string[];
  /** Resources that the option `retainOnDelete` keeps in AWS when they leave the stack. */
  readonly forget: readonly string[];
  /** Resources that the program now reads by another id, and that Pulumi therefore deletes. */
  readonly release: readonly string[];
  /** Resources that an alias matched to another URN. */
  readonly rename: readonly { readonly from: string; readonly to: string }[];
  /** Why Pulumi refuses the plan. */
  readonly refused: readonly { readonly urn: string; readonly message: string }[];
  /** What AWS refuses, or what is lost on the way, although Pulumi plans it. `other` is the other resource's URN. */
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
  /** The properties whose change replaces the resource because the program says so; left out if there are none. */
  readonly replaceOnChanges?: readonly string[];
  /** URNs of the resources whose replacement replaces this one; left out if there are none. */
  readonly replaceWith?: readonly string[];
}

/** One stack in one mode. */
export interface JsonStack {
  readonly stack: string;
  readonly mode: "preview" | "up";
  readonly resources: readonly JsonResource[];
  readonly findings: readonly Finding[];
  /** The remote components whose children no policy saw; `allowed` says whether their type may stay unjudged. */
  readonly unjudged: readonly JsonUnjudged[];
  readonly outputs: Values;
  /** The monthly cost. */
  readonly cost?: JsonCost;
  /** The peak of its Auto Scaling groups, with `--peak`. */
  readonly peak?: JsonPeak;
  /** The changes, with `--against`. */
  readonly diff?: JsonDiff;
}

/** A remote component whose children the rehearsal doesn't know. */
export interface JsonUnjudged extends Pick<JsonResource, "urn" | "type" | "name"> {
  readonly allowed: boolean;
}

const UNKNOWN_JSON: Values = { unknown: true };

/**
 * The document that `--json` prints.
 *
 * @param costs - the cost of each stack
 * @param peaks - the peak of each stack, with `--peak`
 * @param diffs - the changes of each rehearsal, with `--against`
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
 * The document that `--json` prints instead if a rehearsal failed.
 *
 * @param failed - the failed rehearsals
 */
export function toJsonError(failed: readonly Rehearsal[]): { readonly error: string } {
  const errors = failed.flatMap(({ stack, mode, diagnostics }) =>
    diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ message, urn }) => `${stack} (${mode}): ${urn === "" ? "" : `${urn}: `}${message}`),
  );
  return { error: errors.join("\n") };
}

/** Puts the id of a custom resource first in its outputs. */
function withId(id: string, outputs: Values): Values {
  return id === "" ? outputs : { id: id || UNKNOWN, ...outputs };
}
