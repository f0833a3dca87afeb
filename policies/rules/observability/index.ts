import type { Rule } from "../../rule";
import { alarms } from "./alarms";
import { accessLogs, connectionLogs } from "./logs";

/** The rules on logs and alarms. */
export const observabilityRules: readonly Rule[] = [accessLogs, connectionLogs, alarms];
