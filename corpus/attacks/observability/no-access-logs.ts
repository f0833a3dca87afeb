// Failed handshakes are logged, and requests are not.
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";
import { logs, watch } from "../../strict";

export const expected: Expected = {
  rule: "access-logs",
  says: /accessLogs\.enabled is not set, which means off/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  watch(balancer(network().subnetIds, mended ? logs : { connectionLogs: logs.connectionLogs }));
}
