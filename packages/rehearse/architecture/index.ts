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
  /** What policies found in them. */
  readonly findings: readonly Finding[];
  /** What a change does to them, by URN. @default the drawing shows no change */
  readonly changes?: ReadonlyMap<string, Change>;
  /** Resources that the change deletes. @default none */
  readonly gone?: readonly Resource[];
}

/** A stack's architecture, drawn. */
export interface Drawing {
  /** A file of its own, which may stand in a page as well. */
  readonly svg: string;
  /** The same as a flowchart of Mermaid. */
  readonly mermaid: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** What each box stands for, by its id in the SVG. */
  readonly boxes: readonly {
    readonly id: string;
    readonly urns: readonly string[];
    readonly label: string;
  }[];
}

/** Draws what a stack is made of, and what talks to what. */
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
