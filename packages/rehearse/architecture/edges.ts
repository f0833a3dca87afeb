import type { Edge, EdgeKind } from "./model";

/** One link; several between the same two ends are drawn as one arrow. */
export interface Link {
  /** The id of a box or frame; the link is not drawn if undefined. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly kind: EdgeKind;
  /** Empty for none. */
  readonly label: string;
  /** Empty for none. */
  readonly detail: string;
}

/** The arrows of a drawing under construction. */
export class Edges {
  private readonly byEnds = new Map<string, Edge>();
  private readonly pairs = new Set<string>();

  /** Draws a link, unless an end is missing or both ends are the same. */
  add({ from, to, kind, label, detail }: Link): void {
    if (from === undefined || to === undefined || from === to) return;
    const key = JSON.stringify([from, to, kind]);
    const former = this.byEnds.get(key);
    const labels = [...new Set([...(former?.labels ?? []), label])].filter((one) => one !== "");
    const details = [...new Set([...(former?.details ?? []), detail])].filter((one) => one !== "");
    this.byEnds.set(key, { from, to, kind, labels, details });
    this.pairs.add(pairOf(from, to));
  }

  /** Whether two ends are linked, in either direction. */
  links(one: string, other: string): boolean {
    return this.pairs.has(pairOf(one, other));
  }

  /** Whether an arrow of these kinds leads from one to the other. */
  leads(from: string, to: string, kinds: readonly EdgeKind[]): boolean {
    return kinds.some((kind) => this.byEnds.has(JSON.stringify([from, to, kind])));
  }

  /** The ports of the request arrows from one to the other. */
  portsOf(from: string, to: string): ReadonlySet<number> {
    const drawn = (["tls", "clear", "traffic"] as const).flatMap(
      (kind) => this.byEnds.get(JSON.stringify([from, to, kind]))?.labels ?? [],
    );
    return new Set(drawn.flatMap((label) => label.match(/\d+/g) ?? []).map(Number));
  }

  get all(): readonly Edge[] {
    return [...this.byEnds.values()];
  }
}

function pairOf(one: string, other: string): string {
  return JSON.stringify(one < other ? [one, other] : [other, one]);
}
