// A Network Load Balancer reaches an Application Load Balancer target over TCP.
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /targetType is "alb", but protocol is "HTTP"; it must be "TCP"/,
};

export function program(mended: boolean): void {
  targets(network().vpc.id, { targetType: "alb", protocol: mended ? "TCP" : "HTTP" });
}
