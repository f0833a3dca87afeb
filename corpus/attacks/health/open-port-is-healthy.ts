// A process that hangs keeps its port open.
import type { Expected } from "../../attack";
import { network, healthCheck, targets } from "../../parts";

export const expected: Expected = { rule: "target-group-health", says: /healthCheck\.protocol is "TCP"/ };

export function program(mended: boolean): void {
  targets(network().vpc.id, { healthCheck: { ...healthCheck, protocol: mended ? "HTTP" : "TCP" } });
}
