import type { Rule } from "../../rule";
import { apiConstraints, apiEnums } from "./api-constraints";
import { apiProse } from "./api-prose";
import { relations } from "./relations";

/** The rules for requests that AWS would refuse in the middle of a deployment. */
export const refusedByAwsRules: readonly Rule[] = [relations, apiConstraints, apiEnums, apiProse];
