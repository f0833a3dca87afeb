// Bucket and prefix are set, and the logs are switched off.
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";
import { logs, watch } from "../../strict";

export const expected: Expected = {
  rule: "access-logs",
  says: /accessLogs\.enabled is false; it must be true/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  watch(balancer(network().subnetIds, { ...logs, accessLogs: { ...logs.accessLogs, enabled: mended } }));
}
