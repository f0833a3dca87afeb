// Leading zeros may be read as octal, and the IPv6 world is written in a form that patterns miss.
import type { Expected } from "../../attack";
import { allow, securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "world-ingress",
  says: /cidrIpv4 is another string.*literal CIDR block/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const ipv4 = mended ? ["203.0.113.7/32"] : ["0.0.0.0/00", "000.0.0.0/0", "0/0", "0x0.0.0.0/0"];
  const ipv6 = mended ? ["2001:db8::7/128"] : ["0::0/0", "::ffff:0.0.0.0/0", "2000::/3"];
  const admin = securityGroup("admin", vpc.id);
  for (const [index, cidrIpv4] of ipv4.entries()) {
    allow(`ssh-${index}`, admin, 22, { cidrIpv4 });
  }
  for (const [index, cidrIpv6] of ipv6.entries()) {
    allow(`ssh-v6-${index}`, admin, 22, { cidrIpv6 });
  }
}
