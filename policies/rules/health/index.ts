import type { Rule } from "../../rule";
import { attachedGroups, targetHealth } from "./target-groups";

/** What takes out of service, and replaces, what no longer serves. */
export const healthRules: readonly Rule[] = [targetHealth, attachedGroups];
