// A check times out when the next one starts.
import type { Expected } from "../../attack";
import { healthCheck, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health",
  says: /healthCheck\.timeout is 15 and healthCheck\.interval is 15/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  targets(vpc.id, { healthCheck: { ...healthCheck, interval: 15, timeout: mended ? 5 : 15 } });
}
