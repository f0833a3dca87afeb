// The list names the same subnet twice.
import type { Expected } from "../../attack";
import { balancer } from "../../parts";

export const expected: Expected = { rule: "api-prose", says: /subnets names one subnet/ };

export function program(mended: boolean): void {
  balancer(["subnet-0123456789abcdef0", `subnet-0123456789abcdef${mended ? 1 : 0}`]);
}
