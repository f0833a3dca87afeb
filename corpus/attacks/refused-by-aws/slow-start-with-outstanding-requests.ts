// Slow start and least outstanding requests exclude each other.
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /slowStart is 60, but loadBalancingAlgorithmType is "least_outstanding_requests"/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  targets(vpc.id, {
    slowStart: 60,
    loadBalancingAlgorithmType: mended ? "round_robin" : "least_outstanding_requests",
  });
}
