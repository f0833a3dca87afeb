import type { Edge, EdgeKind } from "./model";

/** One thing that an arrow tells; several between the same two are one arrow. */
export interface Link {
  /** The id of a box or frame; nothing is drawn from or to what has none. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly kind: EdgeKind;
  /** Empty for none. */
  readonly label: string;
  /** Empty for none. */
  readonly detail: string;
}

/** Arrows in the making. */
export class Edges {
  private readonly byEnds = new Map<string, Edge>();
  private readonly pairs = new Set<string>();

  /** Draws a link, unless an end is missing or both are the same. */
  add({ from, to, kind, label, detail }: Link): void {
    if (from === undefined || to === undefined || from === to) return;
    const key = JSON.stringify([from, to, kind]);
    const former = this.byEnds.get(key);
    const labels = [...new Set([...(former?.labels ?? []), label])].filter((one) => one !== "");
    const details = [...new Set([...(former?.details ?? []), detail])].filter((one) => one !== "");
    this.byEnds.set(key, { from, to, kind, labels, details });
    this.pairs.add(pairOf(from, to));
  }

  /** Whether anything links two, in either direction. */
  links(one: string, other: string): boolean {
    return this.pairs.has(pairOf(one, other));
  }

  /** Whether something of these kinds leads from one to the other. */
  leads(from: string, to: string, kinds: readonly EdgeKind[]): boolean {
    return kinds.some((kind) => this.byEnds.has(JSON.stringify([from, to, kind])));
  }

  /** The ports of requests that are drawn from one to the other. */
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
