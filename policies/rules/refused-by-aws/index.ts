import type { Rule } from "../../rule";
import { apiConstraints, apiEnums } from "./api-constraints";
import { apiProse } from "./api-prose";
import { relations } from "./relations";

/** What AWS itself would refuse, ten minutes into a deployment. */
export const refusedByAwsRules: readonly Rule[] = [relations, apiConstraints, apiEnums, apiProse];
