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

/** A stack whose rehearsal failed, in one mode. */
export interface JsonFailure {
  readonly stack: string;
  readonly mode: "preview" | "up";
  /** Its errors, one a line. */
  readonly error: string;
}

/** The document that `--json` prints. */
export interface JsonDocument {
  /** In the order of the command line. */
  readonly stacks: readonly (JsonStack | JsonFailure)[];
  /** All errors, each with its stack; left out if no rehearsal failed. */
  readonly error?: string;
}

/** A remote component whose children the rehearsal doesn't know. */
export interface JsonUnjudged extends Pick<JsonResource, "urn" | "type" | "name"> {
  readonly allowed: boolean;
}

const UNKNOWN_JSON: Values = { unknown: true };

/**
 * The document that `--json` prints. A rehearsal that failed has no complete result: only its errors are in it.
 *
 * @param costs - the cost of each stack
 * @param peaks - the peak of each stack, with `--peak`
 * @param diffs - the changes of each rehearsal, with `--against`
 */
export function toJson(
  rehearsals: readonly Rehearsal[],
  costs: ReadonlyMap<Rehearsal, ToldCost>,
  peaks: ReadonlyMap<Rehearsal, ToldPeak>,
  diffs?: ReadonlyMap<Rehearsal, JsonDiff>,
): JsonDocument {
  const failed = rehearsals.filter(({ verdict }) => verdict === "failed");
  return {
    ...(failed.length === 0 ? {} : { error: failed.flatMap(labelledErrorsOf).join("\n") }),
    stacks: rehearsals.map((rehearsal) => {
      if (rehearsal.verdict === "failed") return failureJson(rehearsal);
      const diff = diffs?.get(rehearsal);
      return {
        ...stackJson(rehearsal),
        ...costJson(costs.get(rehearsal)),
        ...peakJson(peaks.get(rehearsal)),
        ...(diff === undefined ? {} : { diff }),
      };
    }),
  };
}

function failureJson(rehearsal: Rehearsal): JsonFailure {
  const { stack, mode } = rehearsal;
  return { stack, mode, error: errorsOf(rehearsal).join("\n") };
}

function costJson(cost: ToldCost | undefined): Pick<JsonStack, "cost"> {
  return cost === undefined ? {} : { cost: cost.json };
}

function peakJson(peak: ToldPeak | undefined): Pick<JsonStack, "peak"> {
  return peak === undefined ? {} : { peak: peak.json };
}

/** One stack of {@link toJson}, without its cost and whatever was asked for beside. */
export function stackJson({
  stack,
  mode,
  resources,
  findings,
  unjudged,
  outputs,
}: Pick<Rehearsal, "stack" | "mode" | "resources" | "findings" | "unjudged" | "outputs">): JsonStack {
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

/** The errors of a rehearsal, each with its stack. */
export function labelledErrorsOf(rehearsal: Rehearsal): string[] {
  const { stack, mode } = rehearsal;
  return errorsOf(rehearsal).map((error) => `${stack} (${mode}): ${error}`);
}

function errorsOf({ diagnostics }: Rehearsal): string[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message, urn }) => `${urn === "" ? "" : `${urn}: `}${message}`);
}

/** Puts the id of a custom resource first in its outputs. */
function withId(id: string, outputs: Values): Values {
  return id === "" ? outputs : { id: id || UNKNOWN, ...outputs };
}
