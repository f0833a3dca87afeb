import type { Alias } from "@pulumi/pulumi/proto/alias_pb";

import type { Diagnostic } from "../engine/diagnostics";
import type { Naming, Operation, Planner } from "../engine/contracts";
import { inOrder } from "../engine/order";
import { parseReference } from "../engine/providers";
import { isAdopted, type Resource } from "../engine/resource";
import { isProviderType } from "../engine/urn";
import { containsUnknown, transform, UNKNOWN, type Values } from "../values";
import { aliasUrns } from "./aliases";
import { changesOf, isReplaced, optionChange, type PropertyChange } from "./changes";
import { resetPaths } from "./paths";
import type { Deletion, Plan, Refusal, Step } from "./plan";
import { DELETED_FIRST } from "./replacement";
import { dependentsOf, isTriggered } from "./state";

const NONE: readonly PropertyChange[] = [];

/**
 * Decides from the stack's state, as the engine does, what happens to each resource.
 * Source of the rules: pulumi/pulumi `pkg/resource/deploy/step_generator.go`; for which of two resources of one name
 * is deleted first, pulumi/pulumi-terraform-bridge `pkg/tfbridge`, `nameRequiresDeleteBeforeReplace`.
 */
export class StatePlanner implements Planner {
  private readonly olds: ReadonlyMap<string, Resource>;
  private readonly steps = new Map<string, Step>();
  /** URNs in the state of the resources that the program has registered so far. */
  private readonly seen = new Set<string>();
  private readonly refusals: Refusal[] = [];
  private readonly notes: Diagnostic[] = [];
  /** From a URN in the state to the program's URN for the same resource. */
  private readonly aliased = new Map<string, string>();
  /** From the program's URN to the URN in the state. */
  private readonly aliases = new Map<string, string>();
  /**
   * URNs of resources that are deleted before a resource they need is replaced, with the resulting property changes.
   */
  private readonly deletedFirst = new Map<string, readonly PropertyChange[]>();
  /**
   * Whether any resource has unknown outputs, and whether all of those resources change. The resources in `decided`
   * have not been examined yet.
   */
  private readonly open = { exists: false, changes: true, decided: [] as Resource[] };

  /** @param state - in the order of the state: dependencies come first */
  constructor(
    private readonly identity: { readonly stack: string; readonly project: string },
    private readonly state: readonly Resource[],
  ) {
    this.olds = new Map(state.filter((old) => !old.pendingDeletion).map((old) => [old.urn, old]));
  }

  find(resource: Resource, aliases: readonly Alias[]): Resource | undefined {
    const { urn } = resource;
    const claimed = this.aliased.get(urn);
    if (claimed !== undefined)
      this.refuse(
        urn,
        `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimed}'`,
      );
    const context = { ...this.identity, aliasOf: (of: string) => this.aliases.get(of) };
    const former = [urn, ...aliasUrns(resource, aliases, context)].find((one) => this.olds.has(one));
    if (former !== undefined && former !== urn) {
      const other = this.steps.has(former) ? former : this.aliased.get(former);
      if (other !== undefined)
        this.refuse(
          urn,
          `Duplicate resource alias '${former}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`,
        );
      this.aliased.set(former, urn);
      this.aliases.set(urn, former);
    }
    return former === undefined ? undefined : this.olds.get(former);
  }

  goalOf(resource: Resource, former: Resource): Values {
    if (former.external || this.deletedFirst.has(former.urn)) return resource.inputs;
    const goal = transform(resource.inputs, () => undefined) as Values;
    const lost = resetPaths(resource.ignoreChanges, former.inputs, goal);
    if (lost.length > 0)
      this.note(
        "info",
        resource.urn,
        `cannot ignore changes in added or removed elements of the path: ${lost.join(", ")}`,
      );
    return goal;
  }

  keepNames(inputs: Values, goal: Values, former: Resource): Values {
    if (former.external || this.deletedFirst.has(former.urn)) return inputs;
    const names = Object.keys(inputs).filter(
      (key) =>
        goal[key] === undefined &&
        key !== "region" &&
        key !== "tagsAll" &&
        former.inputs[key] !== undefined &&
        former.defaults.includes(key),
    );
    return { ...inputs, ...Object.fromEntries(names.map((key) => [key, former.inputs[key] ?? null])) };
  }

  decide(resource: Resource, former: Resource | undefined, naming: () => Naming): Operation {
    const found = this.stepOf(resource, former, naming);
    this.steps.set(resource.urn, found);
    this.open.decided.push(resource);
    this.seen.add(former?.urn ?? resource.urn);
    return found.operation;
  }

  private stepOf(resource: Resource, former: Resource | undefined, naming: () => Naming): Step {
    const step = (operation: Operation, changes = NONE, deletesFirst = false): Step => ({
      operation,
      resource,
      former,
      changes,
      deletesFirst,
    });
    const { external } = resource;
    if (external) {
      const replaces = former !== undefined && !former.external && former.id !== resource.id;
      return step(replaces ? "replace" : "read");
    }
    const isImported = isAdopted(resource, former);
    if (former === undefined || former.external) return step(isImported ? "import" : "create");
    if (isImported) return step("replace");
    const followed = this.deletedFirst.get(former.urn);
    if (followed !== undefined) return step("replace", followed, true);

    const changes = this.changesTo(resource, former);
    if (isReplaced(changes)) {
      this.warnOfReplacing(resource, former);
      const deletesFirst = isDeletedFirst(resource, changes, naming());
      if (deletesFirst) this.deleteDependents(former, resource.urn);
      return step("replace", changes, deletesFirst);
    }
    if (changes.length > 0) return step("update", changes);
    const provider = this.openProviderOf(resource);
    if (provider === undefined) return step("same");
    return step("update", [{ ...optionChange("provider", [provider]), forces: "unknown", isWanted: false }]);
  }

  private warnOfReplacing({ custom, importId, protect, urn }: Resource, former: Resource): void {
    if (protect && former.protect)
      this.refuse(
        urn,
        `unable to replace resource "${urn}" as it is currently marked for protection. To unprotect the resource, ` +
          "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`",
      );
    if (custom && importId !== "")
      this.note(
        "warning",
        urn,
        "previously-imported resources that still specify an ID may not be replaced; please remove the `import` declaration from your program",
      );
  }

  private changesTo(resource: Resource, former: Resource): readonly PropertyChange[] {
    if (former.taint) return [optionChange("taint", [])];
    if (former.pendingReplacement) return [optionChange("pendingReplacement", [])];
    if (isTriggered(resource, former)) return [optionChange("replacementTrigger", [])];
    const isGone = (urn: string): boolean => {
      const step = this.steps.get(urn);
      // As in the engine, a resource that an import replaces doesn't replace its dependents.
      return step?.operation === "replace" && (step.changes.length > 0 || step.resource.external);
    };
    const replaced = resource.replaceWith.filter(isGone);
    if (replaced.length > 0) return [optionChange("replaceWith", replaced.slice(0, 1))];
    if (resource.deletedWith !== "" && isGone(resource.deletedWith))
      return [optionChange("deletedWith", [resource.deletedWith])];
    if ((resource.provider === "") !== (former.provider === "")) return [optionChange("provider", [])];
    const changes = changesOf({
      type: resource.type,
      before: former.inputs,
      after: resource.inputs,
      replaceOnChanges: resource.replaceOnChanges,
      sourcesOf: (property) => this.sourcesOf(resource.propertyDependencies[property] ?? []),
    });
    if (former.initErrors.length === 0) return changes;
    // A resource that is replaced on any change is also replaced if it wasn't ready.
    const isReplaced = resource.replaceOnChanges.some((path) => path === "*" || path === "#initerror");
    return [...changes, { ...optionChange("initErrors", []), forces: isReplaced ? "yes" : "no" }];
  }

  /** The changed resources that a property is computed from; undefined if none changes. */
  private sourcesOf(urns: readonly string[]): readonly string[] | undefined {
    const changing = this.changing(urns);
    if (changing.length > 0) return changing;
    if (urns.some((urn) => this.isOpen(urn))) return undefined;
    // The SDK gives no source for the result of a function on unknown values: it comes from a change, if all other
    // values are known.
    const { open } = this;
    for (const { custom, type, urn, id, outputs } of open.decided.splice(0)) {
      if (!custom || isProviderType(type) || !(id === UNKNOWN || containsUnknown(outputs))) continue;
      open.changes &&= this.changing([urn]).length > 0;
      open.exists = true;
    }
    // If nothing is unknown, the state lacks an output: to the program, that is unknown.
    const isLacking = urns.length > 0 && !open.exists;
    return isLacking || (open.exists && open.changes) ? [] : undefined;
  }

  /** Whether some outputs of a resource are unknown. */
  private isOpen(urn: string): boolean {
    const resource = this.steps.get(urn)?.resource;
    return resource !== undefined && (resource.id === UNKNOWN || containsUnknown(resource.outputs));
  }

  /**
   * The resources among these whose outputs may differ after the deployment. For one that is read, follows its
   * dependencies.
   */
  private changing(urns: readonly string[]): string[] {
    const found = urns.flatMap((urn) => {
      const step = this.steps.get(urn);
      if (step === undefined || step.operation === "same") return [];
      const isUnknown = step.resource.id === UNKNOWN || containsUnknown(step.resource.outputs);
      if (step.operation !== "read") return isUnknown ? [urn] : [];
      const provider = this.openProviderOf(step.resource);
      if (provider !== undefined) return [provider];
      const sources = isUnknown ? this.changing(step.resource.dependencies) : [];
      // The SDK doesn't say what an id is computed from.
      return sources.length === 0 && step.resource.id === UNKNOWN ? [urn] : sources;
    });
    return [...new Set(found)];
  }

  openProviderOf({ provider }: Resource): string | undefined {
    const { urn } = parseReference(provider);
    const config = this.steps.get(urn)?.resource;
    const open = Object.entries(config?.inputs ?? {}).filter(([, value]) => containsUnknown(value));
    const sources = open.flatMap(([property]) => config?.propertyDependencies[property] ?? []);
    return this.changing(sources).length > 0 ? urn : undefined;
  }

  /** Deletes the dependents that would be replaced before the resource itself is deleted. */
  private deleteDependents(root: Resource, urn: string): void {
    const gone = new Set([root.urn]);
    for (const one of dependentsOf(root, this.state, this.seen)) {
      const changes = this.changesForLoss(one, gone);
      if (changes === undefined) continue;
      gone.add(one.urn);
      this.deleteFirst(one, urn, changes);
    }
    for (const one of this.olds.values()) {
      if (one.deletedWith === urn || one.replaceWith.includes(urn))
        this.deleteFirst(one, urn, [
          optionChange(one.deletedWith === urn ? "deletedWith" : "replaceWith", [urn]),
        ]);
    }
  }

  private deleteFirst(former: Resource, cause: string, changes: readonly PropertyChange[]): void {
    if (this.deletedFirst.has(former.urn) || this.seen.has(former.urn)) return;
    if (former.protect)
      this.refuse(
        former.urn,
        `unable to replace resource "${former.urn}" as part of replacing "${cause}" as it is currently marked for ` +
          "protection. To unprotect the resource, remove the `protect` flag from the resource in your Pulumi program " +
          "and run `pulumi up`, or use the command:\n`pulumi state unprotect '" +
          `${former.urn}'\``,
      );
    this.deletedFirst.set(former.urn, changes);
  }

  /** The changes because of which a resource must be deleted with others; undefined if it may stay. */
  private changesForLoss(former: Resource, gone: ReadonlySet<string>): readonly PropertyChange[] | undefined {
    if (!former.custom || former.external) return undefined;
    const provider = former.provider === "" ? "" : parseReference(former.provider).urn;
    if (gone.has(provider)) return [optionChange("provider", [provider])];
    if (gone.has(former.deletedWith)) return [optionChange("deletedWith", [former.deletedWith])];
    const sourcesOf = (property: string) =>
      some((former.propertyDependencies[property] ?? []).filter((urn) => gone.has(urn)));
    const after = Object.fromEntries(
      Object.entries(former.inputs).map(([key, value]) => [key, sourcesOf(key) ? UNKNOWN : value]),
    );
    const { type, inputs: before, replaceOnChanges } = former;
    resetPaths(former.ignoreChanges, before, after);
    const changes = changesOf({ type, before, after, replaceOnChanges, sourcesOf });
    return isReplaced(changes) ? changes : undefined;
  }

  /** The complete plan, once the program has registered everything. */
  finish(): Plan {
    const gone = this.state.filter((old) => old.pendingDeletion || !this.seen.has(old.urn));
    const urns = new Set([
      ...gone.map(({ urn }) => urn),
      ...[...this.steps.values()].flatMap(({ operation, former }) =>
        operation === "replace" && former !== undefined ? [former.urn] : [],
      ),
    ]);
    for (const { protect, urn, pendingDeletion } of gone) {
      if (protect && !pendingDeletion)
        this.refuse(
          urn,
          `resource "${urn}" cannot be deleted because it is protected. To unprotect the resource, either remove the ` +
            "`protect` flag from the resource in your Pulumi program and run `pulumi up`, or use the command:\n" +
            `\`pulumi state unprotect '${urn}'\``,
        );
    }
    const deletions = gone
      .filter(({ external, pendingReplacement }) => !external && !pendingReplacement)
      .map((former): Deletion => {
        const { retainOnDelete, deletedWith } = former;
        return { former, how: retainOnDelete ? "forgotten" : urns.has(deletedWith) ? "with" : "deleted" };
      });
    const order = inOrder([...this.steps.values()].map(({ resource }) => resource));
    const steps = order.flatMap(({ urn }) => this.steps.get(urn) ?? []);
    const [other] = this.olds.keys();
    const { stack, project } = this.identity;
    if (other !== undefined && steps.every(({ former }) => former === undefined))
      this.note(
        "warning",
        "",
        `the state is not this stack's: it belongs to ${other.split("::").slice(0, 2).join("::")}, but this is urn:pulumi:${stack}::${project}. Name the stack that it belongs to`,
      );
    return { steps, deletions, refusals: this.refusals, notes: this.notes };
  }

  private note(severity: Diagnostic["severity"], urn: string, message: string): void {
    this.notes.push({ severity, urn, message });
  }

  private refuse(urn: string, message: string): void {
    this.refusals.push({ urn, message });
  }
}

/** Whether a replaced resource is deleted before its successor is created. */
function isDeletedFirst(
  { type, inputs, defaults, deleteBeforeReplace }: Resource,
  changes: readonly PropertyChange[],
  { property, isFixed }: Naming,
): boolean {
  // As in the engine, a fixed name overrides this.
  if (isFixed) return true;
  const isNamed = property !== undefined && inputs[property] !== undefined && !defaults.includes(property);
  // The provider knows only its own reasons: what only the program wants replaced is created before the old one is
  // deleted.
  const isProviders = changes.some(({ forces, isWanted }) => forces === "yes" && !isWanted);
  return deleteBeforeReplace ?? (isProviders && (isNamed || DELETED_FIRST.has(type)));
}

const some = (urns: readonly string[]): readonly string[] | undefined => (urns.length > 0 ? urns : undefined);
