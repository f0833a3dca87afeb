import type { Rule } from "../../rule";

/** What tells of trouble before the customers do. */
export const observabilityRules: readonly Rule[] = [];
