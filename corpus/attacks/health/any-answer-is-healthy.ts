// 404 counts as healthy, so a target without the application still gets visitors.
import type { Expected } from "../../attack";
import { network, healthCheck, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health",
  says: /matcher is "200-499"; it must be literal codes from 200 to 399/,
};

export function program(mended: boolean): void {
  targets(network().vpc.id, { healthCheck: { ...healthCheck, matcher: mended ? "200" : "200-499" } });
}
