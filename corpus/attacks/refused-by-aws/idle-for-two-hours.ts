// The idle timeout for WebSockets is longer than AWS allows.
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = { rule: "api-prose", says: /idleTimeout is 7200; .* from 1 to 4000/ };

export function program(mended: boolean): void {
  const { subnetIds } = network();
  balancer(subnetIds, { idleTimeout: mended ? 4000 : 7200 });
}
