import type { Props } from "../../../../support/rule-suite";

/** Inputs that a line refuses, and what it says of them: each problem, up to its source. */
export type Refused = readonly (readonly [props: Props, ...says: string[]])[];

/** A text of so many letters. */
export const long = (length: number): string => "a".repeat(length);
