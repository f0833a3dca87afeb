import type { Graph } from "../cost/graph";
import type { Resource } from "../engine/resource";
import type { Edges } from "./edges";
import type { Admission } from "./permissions";

/** The id of the box for everybody outside. */
export const INTERNET = "internet";

/** What traffic is found in. */
export interface Scene {
  readonly graph: Graph;
  readonly edges: Edges;
  readonly resourceOf: (urn: string) => Resource | undefined;
  /** The id of what stands for a resource. */
  readonly standing: (urn: string) => string | undefined;
  /** Whether an id is a frame's. */
  readonly isAround: (id: string) => boolean;
  /** What a resource, and what belongs to it, is let in. */
  readonly admissionsOf: (resource: Resource) => readonly Admission[] | undefined;
  /** The ids of whom an admission lets in. */
  readonly sourcesOf: (admission: Admission, target: string) => readonly string[];
}
