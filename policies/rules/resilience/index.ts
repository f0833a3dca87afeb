import type { Rule } from "../../rule";

/** What keeps serving when an instance or a zone is lost. */
export const resilienceRules: readonly Rule[] = [];
