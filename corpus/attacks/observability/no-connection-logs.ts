// Access logs do not record connections whose TLS handshake fails, so they do not show clients with old protocols.
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";
import { logs, watch } from "../../strict";

export const expected: Expected = {
  rule: "connection-logs",
  says: /connectionLogs\.enabled is not set, which means off/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  watch(balancer(network().subnetIds, mended ? logs : { accessLogs: logs.accessLogs }));
}
