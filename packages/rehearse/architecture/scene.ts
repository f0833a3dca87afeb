import type { Graph } from "../cost/graph";
import type { Resource } from "../engine/resource";
import type { Edges } from "./edges";
import type { Admission } from "./permissions";

/** The id of the box for the Internet. */
export const INTERNET = "internet";

/** The input for finding traffic. */
export interface Scene {
  readonly graph: Graph;
  readonly edges: Edges;
  readonly resourceOf: (urn: string) => Resource | undefined;
  /** The id of the box or frame of a resource. */
  readonly standing: (urn: string) => string | undefined;
  /** Whether an id belongs to a frame. */
  readonly isAround: (id: string) => boolean;
  /** The admissions of a resource and its parts. */
  readonly admissionsOf: (resource: Resource) => readonly Admission[] | undefined;
  /** The ids of the sources of an admission. */
  readonly sourcesOf: (admission: Admission, target: string) => readonly string[];
}
