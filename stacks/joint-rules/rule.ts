import type { Key, Settings } from "../definitions";

/** A setting that does not go with others. */
export interface JointFault {
  /** The setting to look at first; `defaultTags` is the provider's. */
  readonly key: Key | "defaultTags";
  /**
   * The place within a setting that holds others: `.weights.blue`, `[2].minSize`.
   * @default the setting as a whole
   */
  readonly at?: string;
  /** What values are allowed, given the others. */
  readonly allowed: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Settings of which each has its value, unless that value is not allowed. */
export type Known = Partial<Settings>;

/** Judges settings that are each allowed, but perhaps not together. */
export type JointRule = (settings: Known) => JointFault[];
