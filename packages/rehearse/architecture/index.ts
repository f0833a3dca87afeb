import type { Finding } from "../engine/diagnostics";
import type { Resource } from "../engine/resource";
import { modelOf } from "./build";
import { layOut } from "./layout";
import { toMermaid } from "./mermaid";
import type { Change } from "./model";
import { toSvg } from "./svg";

export type { Change };

/** What to draw. */
export interface ArchitectureInput {
  /** The stack's resources. */
  readonly resources: readonly Resource[];
  /** The policies' findings on them. */
  readonly findings: readonly Finding[];
  /** The changes to them, by URN. @default the drawing shows no changes */
  readonly changes?: ReadonlyMap<string, Change>;
  /** Resources that the change deletes. @default none */
  readonly gone?: readonly Resource[];
}

/** The drawing of a stack's architecture. */
export interface Drawing {
  /** A complete SVG file, which can also be embedded in a page. */
  readonly svg: string;
  /** The same as a flowchart of Mermaid. */
  readonly mermaid: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** The resources of each box, by the box's id in the SVG. */
  readonly boxes: readonly {
    readonly id: string;
    readonly urns: readonly string[];
    readonly label: string;
  }[];
}

/** Draws a stack's resources and the traffic between them. */
export async function drawArchitecture(input: ArchitectureInput): Promise<Drawing> {
  const gone = input.gone ?? [];
  const changes = new Map([...(input.changes ?? []), ...gone.map(({ urn }) => [urn, "delete"] as const)]);
  const model = modelOf([...input.resources, ...gone], { findings: input.findings, changes });
  const svg = toSvg(model, await layOut(model));
  const drawn = [...model.boxes, ...model.frames, ...model.frames.flatMap(({ subnets }) => subnets)];
  return {
    svg: svg.text,
    mermaid: toMermaid(model),
    width: svg.width,
    height: svg.height,
    boxes: drawn.map(({ id, urns, label }) => ({ id: svg.ids.get(id) ?? "", urns, label })),
  };
}
