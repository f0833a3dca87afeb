import type { Props } from "../../../../support/rule-suite";

/** Inputs that a line refuses, and the problems that it reports, each without its source. */
export type Refused = readonly (readonly [props: Props, ...says: string[]])[];

/** A text with this number of letters. */
export const long = (length: number): string => "a".repeat(length);
