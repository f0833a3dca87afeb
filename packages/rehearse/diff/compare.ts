import type { Finding } from "../engine/diagnostics";
import type { Resource } from "../engine/resource";
import { type Hazard, hazardsOf } from "./hazards";
import { pathText } from "./paths";
import { type Deletion, isShown, type Plan, type Refusal, type Step } from "./plan";

/** What a change would do to a stack. */
export interface StackDiff {
  readonly create: readonly Step[];
  /** Taken over as they are, by the option `import`. */
  readonly import: readonly Step[];
  readonly update: readonly Step[];
  readonly replace: readonly Step[];
  /** What is the same under another URN, found by an alias. */
  readonly rename: readonly Step[];
  readonly delete: readonly Deletion[];
  /** What stays and isn't the stack's any more, by the option `retainOnDelete`. */
  readonly forget: readonly Deletion[];
  /** What is deleted because the program reads another one in its place. */
  readonly release: readonly Step[];
  /** How many neither change nor are new. */
  readonly same: number;
  /** Why Pulumi refuses it. */
  readonly refusals: readonly Refusal[];
  /** What AWS won't do, or loses on the way. */
  readonly hazards: readonly Hazard[];
  readonly findings: {
    readonly added: readonly Finding[];
    readonly fixed: readonly Finding[];
    readonly unchanged: readonly Finding[];
  };
}

/**
 * What a plan comes to.
 *
 * @param before - what the policies said then; undefined if nobody knows
 * @param after - what they say now
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

/** The properties of a step that change, once each; of one that is replaced, those that force it. */
export function propertiesOf({ operation, changes }: Step): string[] {
  const counted = operation === "replace" ? changes.filter(({ forces }) => forces === "yes") : changes;
  return [...new Set(counted.map(({ path }) => pathText(path.slice(0, 1))))].sort();
}

/** The URN by which the program, or else the state, has a resource. */
export function urnOf(one: Step | Deletion): string {
  return subjectOf(one).urn;
}

/** The resource that a step or deletion is about. */
export function subjectOf(one: Step | Deletion): Resource {
  return "resource" in one ? one.resource : one.former;
}

/** Findings that are new, gone and as before. */
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
