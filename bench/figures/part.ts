/** A promise that is measured: what it claims, who judges it, and how its figures come about. */
export interface Part {
  /** What the command line calls it, and its module. */
  readonly name: string;
  /** What we promise, in a sentence. */
  readonly claims: string;
  /** The check that decides the result, and why it is independent of this project where possible. */
  readonly judge: string;
  /** The default number of runs; 0 if it runs once. */
  readonly count: number;
  /** What is counted: `stack files`, `minutes`. */
  readonly counted: string;
  /** What others reach, as far as we have measured it. @default nothing is known */
  readonly peers?: readonly Peer[];
  /**
   * Takes the figures.
   *
   * @throws NotMeasured if something that it needs isn't there
   */
  measure(run: Measurement): Promise<Measured>;
}

/** What a part is measured with. */
export interface Measurement {
  /** How often: {@link Part.count}, or what the command line says. */
  readonly count: number;
  /** Tells how far it is; the last of these is shown every few seconds. */
  readonly log: (progress: string) => void;
  /** Aborted when the measurement has to end: return the results so far within seconds. */
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface Measured {
  readonly figures: readonly Figure[];
  /** What is wrong, each once, in a sentence. */
  readonly faults: readonly string[];
}

/** A number, and what it should be. */
export interface Figure {
  /** What is told: `stack files read as Pulumi reads them`. */
  readonly what: string;
  readonly value: number;
  /** `s`, `MiB`, `%`; "" for a number of things. */
  readonly unit: string;
  /** @default it is only told */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
  /** How often it was measured, or of how many. @default once */
  readonly of?: number;
}

/** A result of another product. */
export interface Peer {
  /** The product, with its version. */
  readonly who: string;
  /** Figure and circumstances, in a sentence. */
  readonly says: string;
  /** Where that is from: a document of ours, seen from `docs/`, or an address. */
  readonly source: string;
}

/** A part's figures, with when and where they were taken. */
export interface Kept extends Measured {
  /** How often, as the part counts. */
  readonly count: number;
  /** Day, as `2026-11-30`. */
  readonly date: string;
  /** Whole seconds that it took. */
  readonly seconds: number;
  readonly machine: Machine;
}

/** What the figures were taken on. */
export interface Machine {
  readonly cores: number;
  readonly gibibytes: number;
  readonly node: string;
  readonly system: string;
  /** The mean load of the last minute, when the part began and when it had ended. */
  readonly load: readonly [number, number];
}

/** What has been measured, by part. */
export type Figures = Readonly<Record<string, Kept>>;

/** Something that a part needs isn't there: it stays as it was. */
export class NotMeasured extends Error {}

/** Whether a figure is what it should be; undefined if it is only told. */
export function isMet({ value, goal }: Figure): boolean | undefined {
  if (goal === undefined) return undefined;
  return "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
}
