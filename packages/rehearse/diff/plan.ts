import type { Operation } from "../engine/contracts";
import type { Diagnostic } from "../engine/diagnostics";
import type { Resource } from "../engine/resource";
import { isProviderType } from "../engine/urn";
import type { PropertyChange } from "./changes";

/** What becomes of a resource of the program. */
export interface Step {
  readonly operation: Operation;
  readonly resource: Resource;
  /** The same as the state has it; undefined for a new one. */
  readonly former: Resource | undefined;
  readonly changes: readonly PropertyChange[];
  /** Whether the old one is deleted before the new one is created. */
  readonly deletesFirst: boolean;
}

/** A resource that the program doesn't have any more. */
export interface Deletion {
  readonly former: Resource;
  /** Forgotten: the resource stays, for its `retainOnDelete`. `with`: it goes with the one that it is `deletedWith`. */
  readonly how: "deleted" | "forgotten" | "with";
}

/** Why the engine wouldn't do it. */
export interface Refusal {
  readonly urn: string;
  readonly message: string;
}

/** What a deployment would do to a stack that exists. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly deletions: readonly Deletion[];
  readonly refusals: readonly Refusal[];
  /** What else there is to say. */
  readonly notes: readonly Diagnostic[];
}

/** Whether reports show it: components are the program's own affair, providers the engine's. */
export function isShown({ custom, external, type }: Resource): boolean {
  return custom && !external && !isProviderType(type);
}
