// Each rule opens a /8, which is not the world; sixteen of them together are.
import type { Expected } from "../../attack";
import { allow, securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "world-ingress-stack",
  says: /("ssh-\d+"( and )?){8} together let the world in on tcp 22/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const admin = securityGroup("admin", vpc.id);
  for (const octet of mended ? [3] : [3, 13, 18, 34, 44, 52, 54, 99]) {
    allow(`ssh-${octet}`, admin, 22, { cidrIpv4: `${octet}.0.0.0/8` });
  }
}
