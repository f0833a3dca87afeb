// Zeros before and after, which some readers take for octal, and a world of IPv6 that no pattern looks for.
import { allow, securityGroup } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
const admin = securityGroup("admin", vpc.id);
for (const [index, cidrIpv4] of ["0.0.0.0/00", "000.0.0.0/0", "0/0", "0x0.0.0.0/0"].entries()) {
  allow(`ssh-${index}`, admin, 22, { cidrIpv4 });
}
for (const [index, cidrIpv6] of ["0::0/0", "::ffff:0.0.0.0/0", "2000::/3"].entries()) {
  allow(`ssh-v6-${index}`, admin, 22, { cidrIpv6 });
}
