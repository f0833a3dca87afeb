import type { Finding } from "../engine/diagnostics";
import type { Resource } from "../engine/resource";
import { type Hazard, hazardsOf } from "./hazards";
import { pathText } from "./paths";
import { type Deletion, isShown, type Plan, type Refusal, type Step } from "./plan";

/** The changes of a stack. */
export interface StackDiff {
  readonly create: readonly Step[];
  /** Existing resources that the option `import` adopts. */
  readonly import: readonly Step[];
  readonly update: readonly Step[];
  readonly replace: readonly Step[];
  /** Resources that an alias matched to another URN. */
  readonly rename: readonly Step[];
  readonly delete: readonly Deletion[];
  /** Resources that the option `retainOnDelete` keeps in AWS when they leave the stack. */
  readonly forget: readonly Deletion[];
  /** Resources that are deleted because the program reads another one in their place. */
  readonly release: readonly Step[];
  /** The number of resources that stay the same. */
  readonly same: number;
  /** Why Pulumi refuses the plan. */
  readonly refusals: readonly Refusal[];
  /** What AWS refuses, or what is lost on the way. */
  readonly hazards: readonly Hazard[];
  readonly findings: {
    readonly added: readonly Finding[];
    readonly fixed: readonly Finding[];
    readonly unchanged: readonly Finding[];
  };
}

/**
 * Summarizes a plan.
 *
 * @param before - the findings before the change; undefined if they aren't known
 * @param after - the findings now
 */
export function summarize(
  plan: Plan,
  before: readonly Finding[] | undefined,
  after: readonly Finding[],
): StackDiff {
  const steps = plan.steps.filter(({ resource }) => isShown(resource));
  const of = (operation: Step["operation"]): Step[] => steps.filter((step) => step.operation === operation);
  const deletions = plan.deletions.filter(({ former }) => isShown(former));
  return {
    create: of("create"),
    import: of("import"),
    update: of("update"),
    replace: of("replace"),
    rename: steps.filter(({ resource, former }) => former !== undefined && former.urn !== resource.urn),
    delete: deletions.filter(({ how }) => how !== "forgotten"),
    forget: deletions.filter(({ how }) => how === "forgotten"),
    release: plan.steps.filter(({ operation, resource }) => operation === "replace" && resource.external),
    same: of("same").length,
    refusals: plan.refusals,
    hazards: hazardsOf(plan),
    findings: compareFindings(before ?? after, after),
  };
}

/** The changed properties of a step, once each; of a replacement only those that force it. */
export function propertiesOf({ operation, changes }: Step): string[] {
  const counted = operation === "replace" ? changes.filter(({ forces }) => forces === "yes") : changes;
  return [...new Set(counted.map(({ path }) => pathText(path.slice(0, 1))))].sort();
}

/** The URN of the resource in the program, or else in the state. */
export function urnOf(one: Step | Deletion): string {
  return subjectOf(one).urn;
}

/** The resource that a step or deletion is about. */
export function subjectOf(one: Step | Deletion): Resource {
  return "resource" in one ? one.resource : one.former;
}

/** Splits findings into new, fixed and unchanged ones. */
export function compareFindings(
  before: readonly Finding[],
  after: readonly Finding[],
): StackDiff["findings"] {
  const keyOf = ({ pack, policy, urn, message }: Finding): string => [pack, policy, urn, message].join("\n");
  const was = new Set(before.map(keyOf));
  const is = new Set(after.map(keyOf));
  return {
    added: after.filter((finding) => !was.has(keyOf(finding))),
    fixed: before.filter((finding) => !is.has(keyOf(finding))),
    unchanged: after.filter((finding) => was.has(keyOf(finding))),
  };
}
