import type { Rule } from "../../rule";

/** What keeps the world out of all that is not meant for it. */
export const exposureRules: readonly Rule[] = [];
