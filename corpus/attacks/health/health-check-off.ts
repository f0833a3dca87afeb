// The health check is complete, and switched off.
import type { Expected } from "../../attack";
import { network, healthCheck, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health",
  says: /healthCheck\.enabled is false; it must be true/,
};

export function program(mended: boolean): void {
  targets(network().vpc.id, { healthCheck: { ...healthCheck, enabled: mended } });
}
