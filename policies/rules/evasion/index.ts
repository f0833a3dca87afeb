import type { Rule } from "../../rule";

/** What keeps other routes to the same thing from passing unjudged. */
export const evasionRules: readonly Rule[] = [];
