import type { Rule } from "../../rule";

/** What AWS itself would refuse, ten minutes into a deployment. */
export const refusedByAwsRules: readonly Rule[] = [];
