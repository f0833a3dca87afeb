// Fewer than a hundred healthy targets, and the unhealthy ones get visitors too: always, that is.
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";

export const expected: Expected = { rule: "fail-open", says: /minimumHealthyTargetsCount is 100/ };

export function program(mended: boolean): void {
  targets(network().vpc.id, {
    targetGroupHealth: { unhealthyStateRouting: { minimumHealthyTargetsCount: mended ? 1 : 100 } },
  });
}
