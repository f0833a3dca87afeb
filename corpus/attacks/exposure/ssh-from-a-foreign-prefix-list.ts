// The contents of another owner's prefix list are unknown.
import type { Expected } from "../../attack";
import { allow, securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "world-ingress-stack",
  says: /prefixListId is "pl-0123456789abcdef0", which the setting prefixLists must name/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  allow(
    "ssh",
    securityGroup("admin", vpc.id),
    22,
    mended ? { cidrIpv4: "203.0.113.7/32" } : { prefixListId: "pl-0123456789abcdef0" },
  );
}
