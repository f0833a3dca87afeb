// gRPC has sixteen error codes, and all of them count as healthy.
import type { Expected } from "../../attack";
import { network, healthCheck, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health",
  says: /matcher is "0-99"; it must be literal gRPC codes/,
};

export function program(mended: boolean): void {
  targets(network().vpc.id, {
    protocolVersion: "GRPC",
    healthCheck: { ...healthCheck, path: "/grpc.health.v1.Health/Check", matcher: mended ? "0" : "0-99" },
  });
}
