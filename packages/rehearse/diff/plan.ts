import type { Operation } from "../engine/contracts";
import type { Diagnostic } from "../engine/diagnostics";
import type { Resource } from "../engine/resource";
import { isProviderType } from "../engine/urn";
import type { PropertyChange } from "./changes";

/** What happens to a resource of the program. */
export interface Step {
  readonly operation: Operation;
  readonly resource: Resource;
  /** The resource in the state; undefined for a new one. */
  readonly former: Resource | undefined;
  readonly changes: readonly PropertyChange[];
  /** Whether the old one is deleted before the new one is created. */
  readonly deletesFirst: boolean;
}

/** A resource that is no longer in the program. */
export interface Deletion {
  readonly former: Resource;
  /**
   * `forgotten`: the resource stays because of `retainOnDelete`. `with`: it is deleted with the resource in its
   * `deletedWith`.
   */
  readonly how: "deleted" | "forgotten" | "with";
}

/** Why the engine refuses it. */
export interface Refusal {
  readonly urn: string;
  readonly message: string;
}

/** What a deployment would do to an existing stack. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly deletions: readonly Deletion[];
  readonly refusals: readonly Refusal[];
  /** Further messages. */
  readonly notes: readonly Diagnostic[];
}

/** Whether reports show it: components exist only in the program, and providers only in the engine. */
export function isShown({ custom, external, type }: Resource): boolean {
  return custom && !external && !isProviderType(type);
}
