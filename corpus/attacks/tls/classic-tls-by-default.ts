// Without its own policy, a Classic Load Balancer uses its default from 2016 with TLS 1.0.
import type { Expected } from "../../attack";
import { classicBalancer, classicTls } from "../../classic";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "classic-tls-policies-stack",
  says: /sets the TLS versions of listeners\[0\], so it also accepts TLS 1\.0/,
};

export function program(mended: boolean): void {
  const balancer = classicBalancer(network().subnetIds);
  if (mended) classicTls(balancer);
}
