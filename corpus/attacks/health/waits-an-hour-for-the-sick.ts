// The load balancer drains an unhealthy target for as long as AWS allows.
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "deregistration-delay",
  says: /deregistrationDelay is 3600/,
  level: "advisory",
};

export function program(mended: boolean): void {
  targets(network().vpc.id, { deregistrationDelay: mended ? 30 : 3600 });
}
