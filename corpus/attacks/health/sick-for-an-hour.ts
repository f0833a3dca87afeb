// Each number is within AWS's bounds; together they keep an unhealthy target in service for 50 minutes.
import type { Expected } from "../../attack";
import { network, healthCheck, targets } from "../../parts";

export const expected: Expected = {
  rule: "health-detection-time",
  says: /interval times healthCheck\.unhealthyThreshold is 3000 seconds; it must be at most 600/,
};

export function program(mended: boolean): void {
  targets(network().vpc.id, {
    healthCheck: { ...healthCheck, interval: mended ? 15 : ("300" as never), unhealthyThreshold: 10 },
  });
}
