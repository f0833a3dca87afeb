import type { Rule } from "../../rule";
import { tlsListenerRules, tlsListeners } from "./listeners";

/** What keeps others on the way from reading and changing what visitors send. */
export const tlsRules: readonly Rule[] = [tlsListeners, tlsListenerRules];
