// EC2 drops the bits after the prefix: one office's address with /0 is the world.
import type { Expected } from "../../attack";
import { allow, securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = { rule: "world-ingress", says: /The rule lets the world in on tcp 5432/ };

export function program(mended: boolean): void {
  const { vpc } = network();
  allow("postgres", securityGroup("database", vpc.id), 5432, { cidrIpv4: `203.0.113.7/${mended ? 32 : 0}` });
}
