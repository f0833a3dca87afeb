import type { Rule } from "../../rule";
import { alarms } from "./alarms";
import { accessLogs, connectionLogs } from "./logs";

/** What tells afterwards what happened, and at once that something does. */
export const observabilityRules: readonly Rule[] = [accessLogs, connectionLogs, alarms];
