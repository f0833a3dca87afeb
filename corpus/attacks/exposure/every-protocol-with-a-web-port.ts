// With protocol -1, EC2 ignores the ports.
import type { Expected } from "../../attack";
import { securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "world-ingress",
  says: /ingress\[0\] lets the world in on every port and protocol/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  securityGroup("web", vpc.id, {
    ingress: [{ protocol: mended ? "tcp" : "-1", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
  });
}
