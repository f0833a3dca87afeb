// With fewer than a hundred healthy targets, which is always, unhealthy ones get visitors, too.
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";

export const expected: Expected = { rule: "fail-open", says: /minimumHealthyTargetsCount is 100/ };

export function program(mended: boolean): void {
  targets(network().vpc.id, {
    targetGroupHealth: { unhealthyStateRouting: { minimumHealthyTargetsCount: mended ? 1 : 100 } },
  });
}
