/** A promise that is measured: its claim, its judge, and its measurement. */
export interface Part {
  /** Its name on the command line, and of its module. */
  readonly name: string;
  /** The promise, in a sentence. */
  readonly claims: string;
  /** The check that decides the result, and why it is independent of this project where possible. */
  readonly judge: string;
  /** The default number of runs; 0 if it runs once. */
  readonly count: number;
  /** The unit of the count: `stack files`, `minutes`. */
  readonly counted: string;
  /** The results of other products, as far as they were measured. @default none known */
  readonly peers?: readonly Peer[];
  /**
   * Measures the figures.
   *
   * @throws NotMeasured if a requirement is missing
   */
  measure(run: Measurement): Promise<Measured>;
}

/** The arguments of a measurement. */
export interface Measurement {
  /** The number of runs: {@link Part.count}, or the command line's option. */
  readonly count: number;
  /** Reports progress; the last message is shown every few seconds. */
  readonly log: (progress: string) => void;
  /** Aborted when the measurement has to end: return the results so far within seconds. */
  readonly signal: AbortSignal;
}

/** The result of a measurement. */
export interface Measured {
  readonly figures: readonly Figure[];
  /** The faults, each once, as sentences. */
  readonly faults: readonly string[];
}

/** A number, and its goal. */
export interface Figure {
  /** Its label: `stack files read as Pulumi reads them`. */
  readonly what: string;
  readonly value: number;
  /** `s`, `MiB`, `%`; "" for a count. */
  readonly unit: string;
  /** @default it has no goal */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
  /** The number of measurements, or the total. @default once */
  readonly of?: number;
}

/** A result of another product. */
export interface Peer {
  /** The product, with its version. */
  readonly who: string;
  /** The figure and its circumstances, in a sentence. */
  readonly says: string;
  /** Its source: a document of this project, relative to `docs/`, or a URL. */
  readonly source: string;
}

/** A part's saved figures, with the time and the machine. */
export interface Kept extends Measured {
  /** The number of runs, in the part's unit. */
  readonly count: number;
  /** The day, as `2026-11-30`. */
  readonly date: string;
  /** The duration in whole seconds. */
  readonly seconds: number;
  readonly machine: Machine;
}

/** The machine on which the figures were measured. */
export interface Machine {
  readonly cores: number;
  readonly gibibytes: number;
  readonly node: string;
  readonly system: string;
  /** The mean load over the last minute, at the start and the end of the part. */
  readonly load: readonly [number, number];
}

/** All measurements, by part. */
export type Figures = Readonly<Record<string, Kept>>;

/** A requirement of a part is missing: its saved figures stay unchanged. */
export class NotMeasured extends Error {}

/** Whether a figure meets its goal; undefined without a goal. */
export function isMet({ value, goal }: Figure): boolean | undefined {
  if (goal === undefined) return undefined;
  return "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
}
