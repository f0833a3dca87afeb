// AWS lets a Network Load Balancer accept 500 as healthy, and so does this matcher.
import type { Expected } from "../../attack";
import { network, healthCheck, targets } from "../../parts";

export const expected: Expected = { rule: "target-group-health", says: /matcher is "200,500-599"/ };

export function program(mended: boolean): void {
  targets(network().vpc.id, {
    protocol: "TCP",
    healthCheck: { ...healthCheck, matcher: mended ? "200" : "200,500-599" },
  });
}
