// The SSH port is open whether or not the application serves.
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health",
  says: /healthCheck\.protocol is "TCP" and healthCheck\.port is 22, but the targets serve port 8443/,
};

export function program(mended: boolean): void {
  targets(network().vpc.id, {
    protocol: "TLS",
    port: 8443,
    healthCheck: { protocol: "TCP", port: mended ? "traffic-port" : "22", interval: 10 },
  });
}
