// AWS supports anomaly mitigation only with weighted random routing.
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /loadBalancingAlgorithmType is not set; it must be "weighted_random"/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  targets(vpc.id, {
    loadBalancingAnomalyMitigation: "on",
    ...(mended && { loadBalancingAlgorithmType: "weighted_random" }),
  });
}
