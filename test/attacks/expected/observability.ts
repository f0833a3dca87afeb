import type { Expected } from "./expected";

const strict = (rule: string, says: RegExp): Expected => ({
  rule,
  says,
  config: "policies/profiles/strict.json",
});

/** By program in `programs/observability/`. These rules advise, unless the profile `strict` is in force. */
export const observability: Readonly<Record<string, Expected>> = {
  "access-logs-switched-off": strict("access-logs", /accessLogs\.enabled is false; it must be true/),
  "alarm-on-another-balancer": strict(
    "alarms",
    /No alarm in this stack that notifies somebody watches HTTPCode/,
  ),
  "alarm-switched-off": strict("alarms", /No alarm in this stack that notifies somebody watches HTTPCode/),
  "alarm-that-tells-nobody": strict(
    "alarms",
    /No alarm in this stack that notifies somebody watches HTTPCode/,
  ),
  "no-access-logs": strict("access-logs", /accessLogs\.enabled is not set, which means off/),
  "no-connection-logs": strict("connection-logs", /connectionLogs\.enabled is not set, which means off/),
};
